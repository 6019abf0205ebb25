import { setMemberRole } from '../../db/queries/coalitions.ts';
import {
  findMemberAndPerson,
  hasOtherOwner,
  type MemberAndPerson,
  markMemberBack,
  markMemberRemoved,
  setMemberSealed,
} from '../../db/queries/members.ts';
import type { Role } from '../../db/schema/values.ts';
import type { CoalitionScope } from '../access/scope.ts';
import { openPerson } from '../auth/person.ts';
import type { SignedIn } from '../auth/session.ts';
import { isRecentlyProved, PROVE_AGAIN, type ProveAgain } from '../auth/step-up.ts';
import { type EmailAddress, parseEmailAddress } from '../crypto/email-address.ts';
import type { Instance } from '../instance.ts';
import { attempt } from '../shared/attempt.ts';
import { isId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import type { For } from './access.ts';
import { logCoalition } from './coalition-log.ts';
import { outranks } from './founding.ts';
import { asksForProof, holdForMember, mayManage } from './managing.ts';
import { revokeInvitationsOf } from './member-invitations.ts';
import { openMember, sealMember } from './member-record.ts';

type Manager = For<CoalitionScope, 'manage-members'>;

/** A removed member can be brought back this long; later they are invited again. */
export const BRING_BACK_HOURS = 24;

function emailOf({ keys }: Instance, { person }: MemberAndPerson): EmailAddress | null {
  const email = parseEmailAddress(openPerson(keys, person).email);
  return email.ok ? email.value : null;
}

/**
 * Gives a member another role, from their next request on. Of whoever is lowered the invitations end that wait for them, and those of
 * theirs that they could not make any more.
 * @returns `last-owner` where the coalition would be left without one; `prove-again` where somebody is raised to lead and the proof is old
 */
export async function changeRole(
  instance: Instance,
  scope: Manager,
  { who, memberId, role }: { readonly who: SignedIn; readonly memberId: string; readonly role: Role },
  now: Date,
): Promise<Result<null, 'not-found' | 'not-allowed' | 'last-owner' | ProveAgain>> {
  return await attempt<null, 'not-found' | 'not-allowed' | 'last-owner' | ProveAgain>(instance.store, async (tx, refuse) => {
    const actor = await holdForMember(tx, scope);
    const found = isId('mem', memberId) ? await findMemberAndPerson(tx, scope.coalitionId, memberId) : null;
    if (!actor || !found || found.member.removedAt !== null) return refuse('not-found');
    const { member } = found;
    if (!mayManage(actor.role, member.role) || !mayManage(actor.role, role)) return refuse('not-allowed');
    if (member.role === role) return null;
    if (outranks(role, member.role) && asksForProof(role) && !isRecentlyProved(who, now)) return refuse(PROVE_AGAIN);
    if (member.role === 'owner' && !(await hasOtherOwner(tx, scope.coalitionId, memberId))) return refuse('last-owner');
    await setMemberRole(tx, memberId, role);
    if (outranks(member.role, role))
      await revokeInvitationsOf(tx, instance, scope, { id: memberId, role, email: emailOf(instance, found) }, now);
    const record = { member: memberId, role, was: member.role, link: null };
    await logCoalition(tx, instance, scope, { type: 'role-changed', record }, now);
    return null;
  });
}

/**
 * Removes a member: they are nobody here on their next request. What they wrote and vouched for stays under their name, and invitations
 * that wait for them, or that they made, end.
 */
export async function removeMember(
  instance: Instance,
  scope: Manager,
  memberId: string,
  now: Date,
): Promise<Result<null, 'not-found' | 'not-allowed' | 'last-owner'>> {
  return await attempt<null, 'not-found' | 'not-allowed' | 'last-owner'>(instance.store, async (tx, refuse) => {
    const actor = await holdForMember(tx, scope);
    const found = isId('mem', memberId) ? await findMemberAndPerson(tx, scope.coalitionId, memberId) : null;
    if (!actor || !found || found.member.removedAt !== null) return refuse('not-found');
    const { member } = found;
    if (!mayManage(actor.role, member.role)) return refuse('not-allowed');
    if (member.role === 'owner' && !(await hasOtherOwner(tx, scope.coalitionId, memberId))) return refuse('last-owner');
    await markMemberRemoved(tx, memberId, now);
    await revokeInvitationsOf(tx, instance, scope, { id: memberId, role: null, email: emailOf(instance, found) }, now);
    await logCoalition(tx, instance, scope, { type: 'member-removed', record: { member: memberId, role: member.role } }, now);
    return null;
  });
}

/** Goes by oneself, whatever one's role; the last owner has to name another first. */
export async function leaveCoalition(
  instance: Instance,
  scope: For<CoalitionScope, 'read'>,
  now: Date,
): Promise<Result<null, 'not-found' | 'last-owner'>> {
  return await attempt<null, 'not-found' | 'last-owner'>(instance.store, async (tx, refuse) => {
    const member = await holdForMember(tx, scope);
    if (!member) return refuse('not-found');
    if (member.role === 'owner' && !(await hasOtherOwner(tx, scope.coalitionId, member.id))) return refuse('last-owner');
    const { organisation } = openMember(instance.keys, member);
    await setMemberSealed(tx, member.id, sealMember(instance.keys, member, { organisation, left: true }));
    await markMemberRemoved(tx, member.id, now);
    const found = await findMemberAndPerson(tx, scope.coalitionId, member.id);
    await revokeInvitationsOf(tx, instance, scope, { id: member.id, role: null, email: found && emailOf(instance, found) }, now);
    await logCoalition(tx, instance, scope, { type: 'member-removed', record: { member: member.id, role: member.role, left: true } }, now);
    return null;
  });
}

/**
 * Takes a removal back: the member is there again in the role they had. Asks for what adding them would ask for.
 * @returns `too-late` where they were removed too long ago, or went by themselves
 */
export async function bringBack(
  instance: Instance,
  scope: Manager,
  { who, memberId }: { readonly who: SignedIn; readonly memberId: string },
  now: Date,
): Promise<Result<null, 'not-found' | 'not-allowed' | 'too-late' | ProveAgain>> {
  return await attempt<null, 'not-found' | 'not-allowed' | 'too-late' | ProveAgain>(instance.store, async (tx, refuse) => {
    const actor = await holdForMember(tx, scope);
    const found = isId('mem', memberId) ? await findMemberAndPerson(tx, scope.coalitionId, memberId) : null;
    if (!actor || !found) return refuse('not-found');
    const { member } = found;
    if (!mayManage(actor.role, member.role)) return refuse('not-allowed');
    if (member.removedAt === null) return null;
    const left = openMember(instance.keys, member).left === true;
    if (left || now.getTime() - member.removedAt.getTime() > BRING_BACK_HOURS * 3_600_000) return refuse('too-late');
    if (asksForProof(member.role) && !isRecentlyProved(who, now)) return refuse(PROVE_AGAIN);
    await markMemberBack(tx, memberId);
    await logCoalition(tx, instance, scope, { type: 'member-restored', record: { member: memberId, role: member.role } }, now);
    return null;
  });
}

/** Says whom one comes from oneself. */
export async function changeOwnOrganisation(
  instance: Instance,
  scope: For<CoalitionScope, 'read'>,
  organisation: string,
  now: Date,
): Promise<Result<null, 'not-found'>> {
  return await attempt<null, 'not-found'>(instance.store, async (tx, refuse) => {
    const member = await holdForMember(tx, scope);
    if (!member) return refuse('not-found');
    const was = openMember(instance.keys, member).organisation;
    if (was === organisation) return null;
    await setMemberSealed(tx, member.id, sealMember(instance.keys, member, { organisation }));
    await logCoalition(tx, instance, scope, { type: 'member-changed', record: { member: member.id, organisation, was } }, now);
    return null;
  });
}
