import { findInvitation } from '../../db/queries/invitations.ts';
import { insertInvitationLink } from '../../db/queries/links.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { issueToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import { addInvitation, log, member, type Runner } from './add.ts';
import { findLetterFacts } from './mail.ts';
import type { ByHandInput } from './schema.ts';
import { answerable } from './status.ts';

/** A link that nobody but the coordinator who made it has seen: for one page of theirs, and for nothing that is kept. */
export interface HandedOver {
  readonly invitationId: string;
  readonly token: Token<'hand-delivered'>;
}

/**
 * Invites without a mail: the link goes over a messenger or on paper, through a coordinator's hands. It proves no address, so that what is
 * signed by it waits until a member vouches for it or its signatory confirms an address of their own.
 * @returns `letter-not-open`; `sample`; or a fault at `email`
 */
export async function inviteByHand(
  instance: Instance,
  scope: Runner,
  input: ByHandInput,
  now: Date,
): Promise<Result<HandedOver, 'letter-not-open' | 'sample' | Fault>> {
  const { letterId } = scope;
  return await attempt<HandedOver, 'letter-not-open' | 'sample' | Fault>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const facts = await findLetterFacts(tx, letterId);
    if (!facts || !takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    if (facts.letter.sample) return refuse('sample');
    const added = await addInvitation(tx, instance, scope, { ...input, message: '', channel: 'by-hand' }, now);
    if (!added.ok) return refuse(added.reason);
    const { id, stored } = added.value;
    const token = await addHandLink(tx, instance, scope, id, now);
    const { capacity } = input;
    const { email, name, organisation } = stored;
    const record = { invitation: id, channel: 'by-hand', capacity, email, name, organisation };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-sent', actor: member(scope), record }, now);
    return { invitationId: id, token };
  });
}

/** `by-mail`: its links stand in mails to their owner, and a coordinator never sees one. */
export type NewHandLinkRefusal = 'not-found' | 'letter-not-open' | 'already-answered' | 'by-mail';

/** Another link of an invitation that goes from hand to hand; the earlier ones go on working until it is taken back. */
export async function makeHandLink(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<HandedOver, NewHandLinkRefusal>> {
  const { letterId } = scope;
  return await attempt<HandedOver, NewHandLinkRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    const facts = await findLetterFacts(tx, letterId);
    if (!invitation || !facts) return refuse('not-found');
    if (invitation.channel !== 'by-hand') return refuse('by-mail');
    if (!takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    // What was signed has a page of its own, and a way in to it is its owner's to ask for.
    if (!answerable.includes(invitation.status)) return refuse('already-answered');
    const token = await addHandLink(tx, instance, scope, invitationId, now);
    const record = { invitation: invitationId, channel: 'by-hand', again: true };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-sent', actor: member(scope), record }, now);
    return { invitationId, token };
  });
}

async function addHandLink(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  { coalitionId }: Runner,
  invitationId: string,
  now: Date,
): Promise<HandedOver['token']> {
  const token = issueToken('hand-delivered', random);
  const hash = tokenHash(keys, 'hand-delivered', token);
  await insertInvitationLink(tx, {
    id: newId('lnk', random),
    kind: 'hand-delivered',
    tokenHash: hash,
    createdAt: now,
    coalitionId,
    invitationId,
  });
  return token;
}
