import { listMemberships } from '../../db/queries/coalitions.ts';
import type { Role } from '../../db/schema/values.ts';
import type { Reader } from '../../db/store.ts';
import { type CoalitionScope, mintCoalitionScope } from '../access/scope.ts';
import type { SignedIn } from '../auth/session.ts';
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
 * The coalition that a page without one in its path is about: the one joined first. Reads the membership anew: whoever was removed is
 * nobody on the next request.
 */
export async function enterOwnCoalition<Act extends MemberAct>(
  db: Reader,
  who: SignedIn,
  act: Act,
): Promise<Result<For<CoalitionScope, Act>, 'not-found' | 'not-allowed'>> {
  const [first] = await listMemberships(db, who.person.id);
  if (!first) return refusal('not-found');
  return allow(mintCoalitionScope({ coalitionId: first.coalition.id, memberId: first.member.id, role: first.member.role }), act);
}
