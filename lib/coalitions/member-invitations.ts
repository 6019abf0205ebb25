import { findCoalition, findMember } from '../../db/queries/coalitions.ts';
import {
  findMemberInvitation,
  listMemberInvitations,
  revokeMemberInvitation as markRevoked,
  renewMemberInvitation,
} from '../../db/queries/members.ts';
import { findPersonByEmailIndex } from '../../db/queries/people.ts';
import type { Role } from '../../db/schema/values.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { CoalitionScope } from '../access/scope.ts';
import { personIndex } from '../auth/person.ts';
import type { SignedIn } from '../auth/session.ts';
import { isRecentlyProved, PROVE_AGAIN, type ProveAgain } from '../auth/step-up.ts';
import { type EmailAddress, parseEmailAddress } from '../crypto/email-address.ts';
import { issueToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { isId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import type { For } from './access.ts';
import { logCoalition } from './coalition-log.ts';
import { addInvitation, invitationEnd, linkOf, type MemberInvitation, openInvitationLink } from './invitation-link.ts';
import { asksForProof, holdForMember, mayManage } from './managing.ts';
import { memberInvitationMail } from './member-mail.ts';
import type { InviteMemberInput } from './schema.ts';

type Manager = For<CoalitionScope, 'manage-members'>;

/** Invitations that may wait at a time: they are shown on one page. */
export const MOST_PENDING = 50;
/** The command line offers without that limit: more than anybody types. */
const EVER_PENDING = 1000;

interface Waiting {
  readonly id: string;
  readonly expiresAt: Date | null;
  readonly offer: MemberInvitation;
}

/** The invitations that were neither used nor taken back, also those that have expired. */
export async function listWaiting(
  db: Reader,
  { keys }: Pick<Instance, 'keys'>,
  coalitionId: string,
  most = MOST_PENDING,
): Promise<readonly Waiting[]> {
  const rows = await listMemberInvitations(db, coalitionId, most);
  return rows.map(({ id, sealed, expiresAt }) => ({ id, expiresAt, offer: openInvitationLink(keys, { id, sealed, coalitionId }) }));
}

const isTo = (offer: MemberInvitation, email: EmailAddress): boolean => {
  const to = parseEmailAddress(offer.email);
  return to.ok && to.value.canonical === email.canonical;
};

/**
 * Invites somebody to become a member: the link, the mail that carries it and the entry in the log, or nothing.
 * @returns a fault at `email` for a member (`already-member`) or an address that has an invitation waiting (`already-invited`); at `role`
 *   where the inviter may not give it
 */
export async function inviteMember(
  instance: Instance,
  scope: Manager,
  { who, input }: { readonly who: SignedIn; readonly input: InviteMemberInput },
  now: Date,
): Promise<Result<{ readonly email: string }, Fault | 'not-found' | 'too-many-waiting' | ProveAgain>> {
  const { store, keys } = instance;
  const { coalitionId } = scope;
  return await attempt<{ readonly email: string }, Fault | 'not-found' | 'too-many-waiting' | ProveAgain>(store, async (tx, refuse) => {
    const actor = await holdForMember(tx, scope);
    const coalition = await findCoalition(tx, coalitionId);
    if (!actor || !coalition) return refuse('not-found');
    if (!mayManage(actor.role, input.role)) return refuse({ place: 'role', reason: 'not-allowed' });
    if (asksForProof(input.role) && !isRecentlyProved(who, now)) return refuse(PROVE_AGAIN);
    const person = await findPersonByEmailIndex(tx, personIndex(keys, input.email));
    if (person && (await findMember(tx, coalitionId, person.id))) return refuse({ place: 'email', reason: 'already-member' });
    const waiting = await listWaiting(tx, instance, coalitionId);
    if (waiting.some(({ offer }) => isTo(offer, input.email))) return refuse({ place: 'email', reason: 'already-invited' });
    if (waiting.length >= MOST_PENDING) return refuse('too-many-waiting');
    const { role, organisation, language } = input;
    const offer = { email: input.email.asTyped, role, organisation, language, by: scope.memberId };
    const { id, token } = await addInvitation(tx, instance, coalitionId, offer, now);
    await queueMail(
      tx,
      instance,
      'member-invitation',
      memberInvitationMail(coalition, offer, linkOf(instance, token)),
      { coalitionId, invitationId: id },
      now,
    );
    await logCoalition(tx, instance, scope, { type: 'member-invited', record: { email: offer.email, role, organisation, link: id } }, now);
    return { email: offer.email };
  });
}

/** Mails a new link, which opens anew for three days; the one in the earlier mail ends. Asks for what inviting asks for. */
export async function resendMemberInvitation(
  instance: Instance,
  scope: Manager,
  { who, linkId }: { readonly who: SignedIn; readonly linkId: string },
  now: Date,
): Promise<Result<null, 'not-found' | 'not-allowed' | ProveAgain>> {
  const { keys, random } = instance;
  const { coalitionId } = scope;
  return await attempt<null, 'not-found' | 'not-allowed' | ProveAgain>(instance.store, async (tx, refuse) => {
    const { coalition, offer, actor } = await findOffer(tx, instance, scope, linkId);
    if (!actor || !coalition || !offer) return refuse('not-found');
    if (!mayManage(actor.role, offer.role)) return refuse('not-allowed');
    if (asksForProof(offer.role) && !isRecentlyProved(who, now)) return refuse(PROVE_AGAIN);
    const token: Token<'member-invitation'> = issueToken('member-invitation', random);
    await renewMemberInvitation(tx, linkId, { tokenHash: tokenHash(keys, 'member-invitation', token), expiresAt: invitationEnd(now) });
    await queueMail(
      tx,
      instance,
      'member-invitation',
      memberInvitationMail(coalition, offer, linkOf(instance, token)),
      { coalitionId, invitationId: linkId },
      now,
    );
    await logCoalition(
      tx,
      instance,
      scope,
      { type: 'member-invited', record: { email: offer.email, role: offer.role, link: linkId, again: true } },
      now,
    );
    return null;
  });
}

/** Takes an invitation back: its link opens no more. */
export async function revokeMemberInvitation(
  instance: Instance,
  scope: Manager,
  linkId: string,
  now: Date,
): Promise<Result<null, 'not-found' | 'not-allowed'>> {
  return await attempt<null, 'not-found' | 'not-allowed'>(instance.store, async (tx, refuse) => {
    const { offer, actor } = await findOffer(tx, instance, scope, linkId);
    if (!actor || !offer) return refuse('not-found');
    if (!mayManage(actor.role, offer.role)) return refuse('not-allowed');
    await markRevoked(tx, linkId, now);
    await logCoalition(
      tx,
      instance,
      scope,
      { type: 'member-invitation-revoked', record: { email: offer.email, role: offer.role, link: linkId } },
      now,
    );
    return null;
  });
}

async function findOffer(tx: Tx, { keys }: Instance, scope: Manager, linkId: string) {
  const { coalitionId } = scope;
  const actor = await holdForMember(tx, scope);
  const link = isId('lnk', linkId) ? await findMemberInvitation(tx, coalitionId, linkId) : null;
  const coalition = await findCoalition(tx, coalitionId);
  return { actor, coalition, offer: link && openInvitationLink(keys, { id: link.id, sealed: link.sealed, coalitionId }) };
}

type Ended = (waiting: MemberInvitation) => boolean;

/** Takes back what waits and is ended, in the transaction that ends it. */
async function revokeWaiting(tx: Tx, instance: Instance, scope: Pick<CoalitionScope, 'coalitionId' | 'memberId'>, ended: Ended, now: Date) {
  for (const { id, offer } of await listWaiting(tx, instance, scope.coalitionId, EVER_PENDING)) {
    if (!ended(offer)) continue;
    await markRevoked(tx, id, now);
    const record = { email: offer.email, role: offer.role, link: id };
    await logCoalition(tx, instance, scope, { type: 'member-invitation-revoked', record }, now);
  }
}

/**
 * Takes back what waits for an address and what its owner offered and may offer no more, in the transaction that lowers or removes
 * them: neither they nor another address of theirs comes in by an earlier link.
 * @param member as they are from now on: a role of null is nobody's
 */
export async function revokeInvitationsOf(
  tx: Tx,
  instance: Instance,
  scope: Pick<CoalitionScope, 'coalitionId' | 'memberId'>,
  member: { readonly id: string; readonly role: Role | null; readonly email: EmailAddress | null },
  now: Date,
): Promise<void> {
  const { id, role, email } = member;
  await revokeWaiting(
    tx,
    instance,
    scope,
    (offer) => (email !== null && isTo(offer, email)) || (offer.by === id && (role === null || !mayManage(role, offer.role))),
    now,
  );
}
