import { findInvitation, type InvitationRow, moveInvitation } from '../../db/queries/invitations.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import { findInvitationLink } from '../../db/queries/links.ts';
import { findSigningOfInvitation, holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { InvitationScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { Keys } from '../crypto/keys.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { isOwnersAlone } from '../signatures/status.ts';
import { takeOut } from '../signatures/withdraw.ts';
import { hashOf } from './access.ts';
import { mailLink } from './commands.ts';
import { findLetterFacts } from './mail.ts';
import { answerPlace, openInvited, openRefusalReason } from './places.ts';
import type { ConsiderInput, DeclineInput } from './schema.ts';
import { answerable, unopened } from './status.ts';

export type AnswerRefusal = 'other-invitation' | 'already-answered' | 'answering-ended' | Fault;

/** Somebody used the link and pressed a button, so the invitation arrived. A mail scanner that only opens links is not seen here. */
export async function markOpened({ store }: Instance, scope: InvitationScope, now: Date): Promise<void> {
  await store.inTransaction((tx) => moveInvitation(tx, scope.invitationId, unopened, { status: 'opened', openedAt: now }));
}

/** Answers may still be changed this long after the letter closed. */
export const ANSWERING_DAYS_AFTER_CLOSE = 7;

type Deadlines = Pick<LetterRow, 'status' | 'closedAt' | 'deadlineAt'>;

/** Whether answers still count that sign nothing. */
export const stillAnswers = ({ status, closedAt }: Deadlines, now: Date): boolean =>
  status === 'open' ||
  (status === 'closed' && closedAt !== null && now.getTime() - closedAt.getTime() < ANSWERING_DAYS_AFTER_CLOSE * 86_400_000);

/** Whether nobody can sign any more: a yes that is taken back now can't be given again. */
export const signingIsOver = ({ status, deadlineAt }: Deadlines, now: Date): boolean =>
  status !== 'open' || (deadlineAt !== null && deadlineAt <= now);

/** Whether a named invitation may be answered after the deadline: a coordinator let it, and the letter is not handed over. */
export const mayAnswerLate = ({ status }: Pick<LetterRow, 'status'>, { lateFrom }: Pick<InvitationRow, 'lateFrom'>): boolean =>
  lateFrom !== null && (status === 'open' || status === 'closed');

type Given = { readonly status: 'declined'; readonly reason: string } | { readonly status: 'considering'; readonly until: string };

/**
 * An answer that signs nothing: no, or not yet. After a yes it takes out of the list what was signed, in the same transaction; by the same
 * link one can say yes again. The same answer given again, or fifty times at once, is one answer.
 * @param page what the page was of: the invitation and, where it had been answered by a yes, the signing
 */
async function answer(
  instance: Instance,
  scope: InvitationScope,
  page: Pick<DeclineInput, 'invitation' | 'signing' | 'sure'>,
  given: Given,
  now: Date,
): Promise<Result<null, AnswerRefusal>> {
  const { store, keys } = instance;
  const { letterId, invitationId } = scope;
  if (page.invitation !== invitationId) return refusal('other-invitation');
  // A day counts as past only where it is over everywhere on Earth: UTC−12 comes last.
  const today = new Date(now.getTime() - 12 * 3_600_000).toISOString().slice(0, 10);
  if (given.status === 'considering' && given.until < today) return refusal({ place: 'until', reason: 'past' });
  return await attempt<null, AnswerRefusal>(store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const facts = await findLetterFacts(tx, letterId);
    const before = await findInvitation(tx, letterId, invitationId);
    const late = facts !== null && before !== null && mayAnswerLate(facts.letter, before);
    if (!facts || !(late || stillAnswers(facts.letter, now))) return refuse('answering-ended');
    if (!before) return refuse('already-answered');
    if (isAnswered(keys, before, given)) return null;
    const signed = before.status === 'signed';
    if (signed) {
      const refused = await takeBackYes(
        tx,
        instance,
        scope,
        { page, to: given.status, over: !late && signingIsOver(facts.letter, now) },
        now,
      );
      if (refused) return refuse(refused);
    }
    const change =
      given.status === 'declined'
        ? {
            status: given.status,
            answer: seal(keys, answerPlace(letterId, invitationId), { reason: given.reason }),
            consideringUntil: null,
          }
        : { status: given.status, answer: null, consideringUntil: given.until };
    const from = signed ? (['signed'] as const) : answerable;
    const moved = await moveInvitation(tx, invitationId, from, { ...change, openedAt: before.openedAt ?? now, answeredAt: now });
    if (!moved) return refuse('already-answered');
    const record = { invitation: invitationId, ...given, ...(signed ? { changedFrom: 'signed' } : {}) };
    const actor = { kind: 'signatory', id: invitationId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'invitation-answered', actor, record }, now);
    return null;
  });
}

const isAnswered = (keys: Keys, row: InvitationRow, given: Given): boolean =>
  row.status === given.status &&
  (given.status === 'declined' ? (openRefusalReason(keys, row) ?? '') === given.reason : row.consideringUntil === given.until);

interface Change {
  readonly page: Pick<DeclineInput, 'signing' | 'sure'>;
  readonly to: Given['status'];
  readonly over: boolean;
}

/** Everything that was signed by an invitation leaves the list; nothing else of it is left to be seen. */
async function takeBackYes(
  tx: Tx,
  instance: Instance,
  { coalitionId, letterId, invitationId, byHand }: InvitationScope,
  { page, to, over }: Change,
  now: Date,
): Promise<AnswerRefusal | null> {
  const own = await findSigningOfInvitation(tx, letterId, invitationId);
  // A page from before the yes, or of an earlier one, asks for what its reader has since settled otherwise.
  if (!own || page.signing !== own.signing.id || (byHand && isOwnersAlone(own.signing))) return 'already-answered';
  if (over && page.sure !== 'yes') return { place: 'sure', reason: 'required' };
  await takeOut(tx, instance, { coalitionId, letterId, signingId: own.signing.id }, own.signing, { entry: null, more: { for: to } }, now);
  return null;
}

export const declineInvitation = (instance: Instance, scope: InvitationScope, { reason, ...page }: DeclineInput, now: Date) =>
  answer(instance, scope, page, { status: 'declined', reason }, now);

/** "Our board meets on …". */
export const putOffInvitation = (instance: Instance, scope: InvitationScope, { until, ...page }: ConsiderInput, now: Date) =>
  answer(instance, scope, page, { status: 'considering', until }, now);

/**
 * Somebody holds a link that no longer opens: a fresh one goes to the address on file, never to the one who asks. Whether there was
 * such a link, and whether a mail goes out, can't be told from the answer.
 */
export async function requestFreshLink(instance: Instance, text: string, now: Date): Promise<Result<null, never>> {
  const { store, keys } = instance;
  const sent = hashOf(keys, text);
  if (!sent) return success(null);
  await store.inTransaction(async (tx) => {
    const found = await findInvitationLink(tx, sent.kind, sent.hash);
    // One that goes from hand to hand has a new link from its coordinator alone: its address, if it has one, was never written to.
    if (!found || found.invitation.status === 'revoked' || found.invitation.channel === 'by-hand') return;
    const { invitation } = found;
    await holdLetter(tx, invitation.letterId);
    const facts = await findLetterFacts(tx, invitation.letterId);
    if (!facts || !(takesSignatures(facts.letter.status) || mayAnswerLate(facts.letter, invitation) || invitation.status === 'signed'))
      return;
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
