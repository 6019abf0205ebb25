import { findCoalition, findFirstOwner, listMemberships } from '../../db/queries/coalitions.ts';
import type { CoalitionSettings } from '../../db/schema/tables/people.ts';
import type { Role } from '../../db/schema/values.ts';
import type { CoalitionScope } from '../access/scope.ts';
import type { SignedIn } from '../auth/session.ts';
import type { Instance } from '../instance.ts';
import { settingsState } from './settings.ts';

export interface MembershipView {
  readonly coalitionId: string;
  readonly coalitionName: string;
  readonly role: Role;
}

/** The coalitions somebody is in, the first joined first. */
export async function viewMemberships({ store }: Instance, who: SignedIn): Promise<readonly MembershipView[]> {
  const rows = await listMemberships(store.read, who.person.id);
  return rows.map(({ member, coalition }) => ({ coalitionId: coalition.id, coalitionName: coalition.name, role: member.role }));
}

/** What a coalition's pages stand under. */
export async function viewCoalition({ store }: Instance, scope: CoalitionScope): Promise<{ readonly id: string; readonly name: string }> {
  const coalition = await findCoalition(store.read, scope.coalitionId);
  if (!coalition) throw new Error('a member of a coalition that is not there');
  return { id: coalition.id, name: coalition.name };
}

/** What a coalition has once; every member may read it. */
export async function viewSettings(
  { store }: Instance,
  scope: CoalitionScope,
): Promise<CoalitionSettings & { readonly name: string; readonly state: string }> {
  const coalition = await findCoalition(store.read, scope.coalitionId);
  if (!coalition) throw new Error('a member of a coalition that is not there');
  return { ...coalition.settings, name: coalition.name, state: settingsState(coalition) };
}

/** Whoever founded this instance: on a machine of their own they may read the mails it keeps. */
export async function isFirstOwner({ store }: Instance, who: SignedIn): Promise<boolean> {
  return (await findFirstOwner(store.read))?.personId === who.person.id;
}
