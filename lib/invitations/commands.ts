import { findInvitation, listPassedOn, moveInvitation } from '../../db/queries/invitations.ts';
import { revokeInvitationLinks } from '../../db/queries/links.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { findSigningOfInvitation, holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { addStopLink } from '../mailings/stops.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { awaitsProof } from '../signatures/status.ts';
import { turnAway } from '../signatures/turn-away.ts';
import { addInvitation, log, member, type Runner } from './add.ts';
import { addInvitationLink, findLetterFacts, type InvitedParty, invitationMail, type LetterFacts, linkOf } from './mail.ts';
import { openInvited } from './places.ts';
import type { InviteInput } from './schema.ts';
import { answerable, revocable } from './status.ts';

/**
 * Invites one organisation or person: the invitation, its link, the mail that carries the link and the entry in the log, or nothing.
 * @returns the invitation's id; `letter-not-open`; `sample`, whose signatories are all invented; or a fault at `email`: `already-invited` to the same end at the same address, `no-more-mails` where it asked for none
 */
export async function inviteOne(
  instance: Instance,
  scope: Runner,
  input: InviteInput,
  now: Date,
): Promise<Result<{ readonly invitationId: string }, 'letter-not-open' | 'sample' | Fault>> {
  const { letterId } = scope;
  return await attempt<{ readonly invitationId: string }, 'letter-not-open' | 'sample' | Fault>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const facts = await findLetterFacts(tx, letterId);
    if (!facts || !takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    if (facts.letter.sample) return refuse('sample');
    if (await isStopped(tx, letterId, blindIndex(instance.keys, 'address', letterId, input.email.canonical))) {
      return refuse({ place: 'email', reason: 'no-more-mails' });
    }
    const added = await addInvitation(tx, instance, scope, { ...input, channel: 'mail' }, now);
    if (!added.ok) return refuse(added.reason);
    const { id, stored } = added.value;
    await mailLink(tx, instance, facts, { id, party: { ...stored, capacity: input.capacity } }, now);
    const record = { invitation: id, capacity: input.capacity, email: stored.email, name: stored.name, organisation: stored.organisation };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-sent', actor: member(scope), record }, now);
    return { invitationId: id };
  });
}

/** `by-hand`: its link goes from hand to hand and never by mail. */
export type ResendRefusal = 'not-found' | 'letter-not-open' | 'already-answered' | 'by-hand' | 'no-more-mails';

/** Sends a new link; those in earlier mails go on working, since any of the mails may be the one that is found. */
export async function resendInvitation(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<null, ResendRefusal>> {
  const { store, keys } = instance;
  const { letterId } = scope;
  return await attempt<null, ResendRefusal>(store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    const facts = await findLetterFacts(tx, letterId);
    if (!invitation || !facts) return refuse('not-found');
    if (!takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    if (!answerable.includes(invitation.status)) return refuse('already-answered');
    if (invitation.channel === 'by-hand') return refuse('by-hand');
    if (await isStopped(tx, letterId, invitation.addressIndex)) return refuse('no-more-mails');
    const party = { ...openInvited(keys, invitation), capacity: invitation.capacity };
    await mailLink(tx, instance, facts, { id: invitationId, party }, now);
    const record = { invitation: invitationId, again: true };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-sent', actor: member(scope), record }, now);
    return null;
  });
}

/**
 * Ends an invitation that was not signed, with all its links; and one that went from hand to hand and was signed by somebody whom nobody has
 * proved: what waits ends with it.
 */
export async function revokeInvitation(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<null, 'not-found' | 'already-signed'>> {
  const { letterId } = scope;
  return await attempt<null, 'not-found' | 'already-signed'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    if (!invitation) return refuse('not-found');
    if (invitation.status === 'revoked') return null;
    const given = invitation.status === 'signed' ? await findSigningOfInvitation(tx, letterId, invitationId) : null;
    const unproved = given !== null && awaitsProof(given.signing) ? given : null;
    const from = unproved ? [...revocable, 'signed' as const] : revocable;
    if (!(await moveInvitation(tx, invitationId, from, { status: 'revoked' }))) return refuse('already-signed');
    if (unproved) await turnAway(tx, instance, scope, unproved, now);
    const revoked = [invitationId, ...(await revokePassedOn(tx, letterId, invitationId))];
    for (const id of revoked) {
      await revokeInvitationLinks(tx, id, now);
      const record = { invitation: id };
      await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-revoked', actor: member(scope), record }, now);
    }
    return null;
  });
}

/** Those it was passed on to who have not signed: their links would lead around what was taken back. @returns their ids */
export async function revokePassedOn(tx: Tx, letterId: string, invitationId: string): Promise<readonly string[]> {
  const revoked: string[] = [];
  let from: readonly string[] = [invitationId];
  while (from.length > 0) {
    const children = await listPassedOn(tx, letterId, from);
    for (const { id } of children) if (await moveInvitation(tx, id, revocable, { status: 'revoked' })) revoked.push(id);
    from = children.map(({ id }) => id);
  }
  return revoked;
}

/** A fresh link and the mail that carries it; nothing for a sample letter, whose addresses are invented. */
export async function mailLink(
  tx: Tx,
  instance: Instance,
  facts: LetterFacts,
  invitation: { readonly id: string; readonly party: InvitedParty },
  now: Date,
  kind: 'invitation' | 'fresh-link' = 'invitation',
): Promise<void> {
  const { id: letterId, coalitionId, sample } = facts.letter;
  if (sample) return;
  const token = await addInvitationLink(tx, instance, { coalitionId, invitationId: invitation.id }, now);
  const stopUrl = await addStopLink(tx, instance, { coalitionId, invitationId: invitation.id }, now);
  const message = invitationMail(facts, invitation.party, { url: linkOf(instance, token), stopUrl });
  await queueMail(tx, instance, kind, message, { coalitionId, letterId, invitationId: invitation.id }, now);
}
