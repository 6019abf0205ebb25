import { listMemberships } from '../../db/queries/coalitions.ts';
import { renamePerson } from '../auth/person.ts';
import type { SignedIn } from '../auth/session.ts';
import type { Instance } from '../instance.ts';
import { logCoalition } from './coalition-log.ts';

/** Changes one's own name, as the other members of every coalition one is in see it; each of their logs says so. */
export async function changeOwnName(instance: Instance, { person }: SignedIn, name: string, now: Date): Promise<void> {
  if (person.name === name) return;
  await instance.store.inTransaction(async (tx) => {
    await renamePerson(tx, instance, person.id, name);
    for (const { member } of await listMemberships(tx, person.id)) {
      const scope = { coalitionId: member.coalitionId, memberId: member.id };
      await logCoalition(tx, instance, scope, { type: 'member-changed', record: { member: member.id, name, was: person.name } }, now);
    }
  });
}
