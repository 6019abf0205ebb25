import { holdCoalition, type MemberRow } from '../../db/queries/coalitions.ts';
import { findLiveMember } from '../../db/queries/members.ts';
import { type Role, roles } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { CoalitionScope } from '../access/scope.ts';
import { mayDo } from './access.ts';

/** Whoever leads a coalition is added, changed and removed by its owners alone. */
const leads = (role: Role): boolean => role === 'owner' || role === 'coordinator';

/** Whether somebody of one role may add, change and remove somebody of another. */
export const mayManage = (actor: Role, role: Role): boolean => mayDo(actor, leads(role) ? 'manage-owners' : 'manage-members');

/** The roles somebody may give. */
export const rolesGivenBy = (actor: Role): readonly Role[] => roles.filter((role) => mayManage(actor, role));

/** Whether giving a role asks for a recent proof of the giver's address (`lib/auth/step-up.ts`). */
export const asksForProof = (role: Role): boolean => leads(role);

/**
 * The member who acts, read anew in the transaction of the act, with the coalition held: of two owners who remove one another at the
 * same moment the second finds that they are none any more. Null for whoever is no member now.
 */
export async function holdForMember(tx: Tx, scope: CoalitionScope): Promise<MemberRow | null> {
  await holdCoalition(tx, scope.coalitionId);
  return await findLiveMember(tx, scope.coalitionId, scope.memberId);
}
