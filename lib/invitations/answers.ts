import { findInvitation, moveInvitation } from '../../db/queries/invitations.ts';
import { findInvitationLink } from '../../db/queries/links.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { InvitationScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import { seal } from '../crypto/seal.ts';
import { parseToken, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { mailLink } from './commands.ts';
import { findLetterFacts } from './mail.ts';
import { answerPlace, openInvited } from './places.ts';
import { answerable, unopened } from './status.ts';

export type AnswerRefusal = 'other-invitation' | 'already-answered' | 'answering-ended' | Fault;

/** Somebody used the link and pressed a button, so the invitation arrived. A mail scanner that only opens links is not seen here. */
export async function markOpened({ store }: Instance, scope: InvitationScope, now: Date): Promise<void> {
  await store.inTransaction((tx) => moveInvitation(tx, scope.invitationId, unopened, { status: 'opened', openedAt: now }));
}

/** Answers may still be changed this long after the letter closed. */
export const ANSWERING_DAYS_AFTER_CLOSE = 7;

const stillAnswers = ({ status, closedAt }: { readonly status: string; readonly closedAt: Date | null }, now: Date): boolean =>
  status === 'open' ||
  (status === 'closed' && closedAt !== null && now.getTime() - closedAt.getTime() < ANSWERING_DAYS_AFTER_CLOSE * 86_400_000);

/**
 * An answer that signs nothing: no, or not yet. May be given again as long as nothing was signed.
 * @param input.invitation the id that the page named
 */
async function answer(
  instance: Instance,
  scope: InvitationScope,
  invitation: string,
  given: { readonly status: 'declined'; readonly reason: string } | { readonly status: 'considering'; readonly until: string },
  now: Date,
): Promise<Result<null, AnswerRefusal>> {
  const { store, keys } = instance;
  const { letterId, invitationId } = scope;
  if (invitation !== invitationId) return refusal('other-invitation');
  // A day counts as past only where it is over everywhere on Earth: UTC−12 comes last.
  const today = new Date(now.getTime() - 12 * 3_600_000).toISOString().slice(0, 10);
  if (given.status === 'considering' && given.until < today) return refusal({ place: 'until', reason: 'past' });
  return await attempt<null, AnswerRefusal>(store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const facts = await findLetterFacts(tx, letterId);
    if (!facts || !stillAnswers(facts.letter, now)) return refuse('answering-ended');
    const before = await findInvitation(tx, letterId, invitationId);
    const change =
      given.status === 'declined'
        ? {
            status: given.status,
            answer: seal(keys, answerPlace(letterId, invitationId), { reason: given.reason }),
            consideringUntil: null,
          }
        : { status: given.status, answer: null, consideringUntil: given.until };
    const moved = await moveInvitation(tx, invitationId, answerable, { ...change, openedAt: before?.openedAt ?? now, answeredAt: now });
    if (!moved) return refuse('already-answered');
    const record = { invitation: invitationId, ...given };
    const actor = { kind: 'signatory', id: invitationId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'invitation-answered', actor, record }, now);
    return null;
  });
}

export const declineInvitation = (
  instance: Instance,
  scope: InvitationScope,
  input: { readonly invitation: string; readonly reason: string },
  now: Date,
) => answer(instance, scope, input.invitation, { status: 'declined', reason: input.reason }, now);

/** "Our board meets on …". @param input.until ISO date */
export const putOffInvitation = (
  instance: Instance,
  scope: InvitationScope,
  input: { readonly invitation: string; readonly until: string },
  now: Date,
) => answer(instance, scope, input.invitation, { status: 'considering', until: input.until }, now);

/**
 * Somebody holds a link that no longer opens: a fresh one goes to the address on file, never to the one who asks. Whether there was
 * such a link, and whether a mail goes out, can't be told from the answer.
 */
export async function requestFreshLink(instance: Instance, text: string, now: Date): Promise<Result<null, never>> {
  const { store, keys } = instance;
  const token = parseToken('invitation', text);
  if (!token.ok) return success(null);
  await store.inTransaction(async (tx) => {
    const found = await findInvitationLink(tx, tokenHash(keys, 'invitation', token.value));
    if (!found || found.invitation.status === 'revoked') return;
    const { invitation } = found;
    await holdLetter(tx, invitation.letterId);
    const facts = await findLetterFacts(tx, invitation.letterId);
    if (!facts || !(takesSignatures(facts.letter.status) || invitation.status === 'signed')) return;
    await mailLink(
      tx,
      instance,
      facts,
      { id: invitation.id, party: { ...openInvited(keys, invitation), capacity: invitation.capacity } },
      now,
      'fresh-link',
    );
  });
  return success(null);
}
