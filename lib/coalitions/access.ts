import { findMember } from '../../db/queries/coalitions.ts';
import type { Role } from '../../db/schema/values.ts';
import type { Reader } from '../../db/store.ts';
import { type CoalitionScope, mintCoalitionScope } from '../access/scope.ts';
import type { SignedIn } from '../auth/session.ts';
import { isId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';

/** What a member may want to do. The table below is the whole of who may. */
export const memberActs = ['read', 'draft', 'run', 'read-addresses', 'manage-members', 'manage-owners', 'delete'] as const;
export type MemberAct = (typeof memberActs)[number];

const ALLOWED: Readonly<Record<MemberAct, readonly Role[]>> = {
  /** Drafts, and the list: names, not addresses. */
  read: ['owner', 'coordinator', 'drafter', 'observer'],
  draft: ['owner', 'coordinator', 'drafter'],
  /** Freeze, open, close, release, deliver, withdraw; invite, record a yes, approve, correct, hide. */
  run: ['owner', 'coordinator'],
  'read-addresses': ['owner', 'coordinator'],
  /** Drafters and observers. */
  'manage-members': ['owner', 'coordinator'],
  'manage-owners': ['owner'],
  delete: ['owner'],
};

export const mayDo = (role: Role, act: MemberAct): boolean => ALLOWED[act].includes(role);

declare const allowedAct: unique symbol;
/** A scope whose holder may do this: a command that does it takes no other. */
export type For<Scope, Act extends MemberAct> = Scope & { readonly [allowedAct]: Act };

/** Marks a scope after `mayDo` said yes; for the `access.ts` of a domain. */
export function allow<Scope extends { readonly role: Role }, Act extends MemberAct>(
  scope: Scope,
  act: Act,
): Result<For<Scope, Act>, 'not-allowed'> {
  return mayDo(scope.role, act) ? success(scope as For<Scope, Act>) : refusal('not-allowed');
}

/**
 * Reads the membership anew and decides: whoever was removed is nobody on the next request. A coalition somebody is not in does not
 * differ from none.
 */
export async function enterCoalition<Act extends MemberAct>(
  db: Reader,
  who: SignedIn,
  coalitionId: string,
  act: Act,
): Promise<Result<For<CoalitionScope, Act>, 'not-found' | 'not-allowed'>> {
  const member = isId('coa', coalitionId) ? await findMember(db, coalitionId, who.person.id) : null;
  if (!member) return refusal('not-found');
  return allow(mintCoalitionScope({ coalitionId, memberId: member.id, role: member.role }), act);
}
