import { listAuditEntries } from '../../db/queries/audit.ts';
import type { Role } from '../../db/schema/values.ts';
import { type CoalitionScope, mintCoalitionScope } from '../../lib/access/scope.ts';
import { ensurePerson } from '../../lib/auth/person.ts';
import { findSignedIn, type SignedIn, startSession } from '../../lib/auth/session.ts';
import type { For } from '../../lib/coalitions/access.ts';
import { addMember } from '../../lib/coalitions/founding.ts';
import type { Instance } from '../../lib/instance.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { address, type FoundedCoalition } from './coalition.ts';

/** When all of them take their seats. */
export const now = new Date('2026-03-02T10:00:00Z');

type Anything = For<CoalitionScope, never>;
/** Somebody in a coalition, signed in: what a command of theirs needs. */
export interface Seat {
  readonly scope: Anything;
  readonly who: SignedIn;
  readonly memberId: string;
}

export async function seat(instance: Instance, coalitionId: string, role: Role, email: string, organisation = ''): Promise<Seat> {
  const { memberId, session } = await instance.store.inTransaction(async (tx) => {
    const { id: personId } = await ensurePerson(tx, instance, { email: address(email), name: email.split('@')[0] ?? '' }, now);
    const { id } = await addMember(tx, instance, { coalitionId, personId, role, organisation }, now);
    return { memberId: id, session: await startSession(tx, instance, personId, now) };
  });
  const who = await findSignedIn(instance, session, now);
  if (!who) throw new Error('not signed in');
  return { scope: mintCoalitionScope({ coalitionId, memberId, role }) as Anything, who, memberId };
}

export const ownerSeat = ({ scope, owner }: FoundedCoalition): Seat => ({ scope, who: owner, memberId: scope.memberId });
export const input = (email: string, role: Role, organisation = '') => ({
  email: address(email),
  role,
  organisation,
  language: 'en' as const,
});
export const typesOf = async ({ store }: Instance, coalitionId: string) =>
  (await listAuditEntries(store.read, coalitionId)).map(({ entry }) => entry.type);

/** The newest mail to a member-to-be, and the token of its link. */
export async function newestMail(instance: Instance) {
  const { outbox } = instance.store.read.tables;
  const rows = (await instance.store.read.select().from(outbox)).filter(({ kind }) => kind === 'member-invitation');
  const mails = rows.map((row) => readMail(instance, row)).flatMap((read) => (read.ok ? [read.value] : []));
  const tokens = mails.map(({ text }) => /\/join\/(mi_[\w-]{43})/.exec(text)?.[1] ?? '');
  return { mails, tokens, count: rows.length };
}
