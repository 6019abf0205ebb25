import { z } from 'zod';
import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import { hasLiveOrganisation, hasLivePerson } from '../../db/queries/live-entries.ts';
import {
  findSignature,
  findSigning,
  holdLetter,
  type ReviewChange,
  reviewSignature,
  type SignatureRow,
} from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { AuditType } from '../audit/types.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { partListedNow } from '../letters/addendum.ts';
import { takesNames } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import { isId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { countListed } from './counts.ts';
import { FIELD_LIMITS, optionalLines } from './fields.ts';
import { queueRejection } from './rejection-mail.ts';
import { withStep } from './review-trail.ts';
import { seenMark } from './seen-mark.ts';
import { awaitsProof, type SignatureAct, signatureStatusAfter, signatureStatusesFor } from './status.ts';

export const reasonForm = z.object({
  reason: optionalLines(FIELD_LIMITS.reason).transform((value, context) => {
    if (value.trim() === '') context.addIssue({ code: 'custom', params: { reason: 'required' } });
    return value.trim();
  }),
});

/** Of one entry's page: what stood there, as `seenMark` has it. */
export const seenForm = z.object({ seen: z.string().max(64).default('') });

/** Of one letter's page: the boxes that were ticked, one or several, each an entry and what stood there. */
export const approveForm = z.object({
  signature: z.preprocess(
    (sent) => (typeof sent === 'string' ? [sent] : sent),
    z
      .array(
        z.string().transform((box) => {
          const [id = '', seen = ''] = box.split('.');
          return { id, seen };
        }),
      )
      .refine((boxes) => boxes.every(({ id }) => isId('sig', id)))
      .min(1)
      .max(50),
  ),
});

/**
 * Why a look changes nothing. `not-now`: the entry is no longer where or what it was, or its address is not proved yet. `duplicate`: its
 * organisation, or its person, has another entry that counts. `letter-ended`: the letter was withdrawn, or the
 * entry stands in the list that was handed over, which stays what it was.
 */
export type ReviewRefusal = 'not-found' | 'not-now' | 'duplicate' | 'letter-ended';

/** What made an entry wait. Whoever approves it has looked at that. */
const GATES: ReadonlySet<string> = new Set([
  'awaiting-approval',
  'open-link',
  'other-organisation',
  'other-address',
  'passed-on',
  'kept-out-before',
  'duplicate-organisation',
  'held-by-hand',
  'put-back',
  'signed-before',
]);

const acts = {
  approve: { type: 'signature-approved' },
  hold: { type: 'signature-held' },
  reject: { type: 'signature-rejected' },
  'put-back': { type: 'signature-put-back' },
} as const satisfies Partial<Record<SignatureAct, { type: AuditType }>>;
export type ReviewAct = keyof typeof acts;

export interface Look {
  readonly act: ReviewAct;
  readonly reason: string;
  /** What was approved, as `seenMark` has it; left out where no page showed the entry. */
  readonly seen?: string;
}

/**
 * One coordinator's look at one entry: its status, the letter's counts and its log, by the table of what may follow on what. For whoever
 * holds the letter's row and has read it since.
 */
export async function reviewOne(
  tx: Tx,
  instance: Instance,
  { memberId }: Pick<LetterScope, 'memberId'>,
  letter: LetterRow,
  { id, act, reason, seen, more = {} }: Look & { readonly id: string; readonly more?: Readonly<Record<string, string>> },
  now: Date,
): Promise<Result<SignatureRow, ReviewRefusal>> {
  const letterId = letter.id;
  const row = await findSignature(tx, letterId, id);
  if (!row) return refusal('not-found');
  const to = signatureStatusAfter(row.status, act);
  const given = await findSigning(tx, letterId, row.signingId);
  if (to === null || !given || awaitsProof(given.signing)) return refusal('not-now');
  if (seen !== undefined && seen !== seenMark(row.sealed)) return refusal('not-now');
  if (letter.status === 'delivered' && row.status === 'listed' && row.addendum === null) return refusal('letter-ended');
  if (await hasOther(tx, row, act)) return refusal('duplicate');
  const addendum = to === 'listed' ? partListedNow(letter, now) : null;
  const record = {
    signature: id,
    ...more,
    from: row.status,
    to,
    ...(addendum === null ? {} : { addendum }),
    ...(reason === '' ? {} : { reason }),
  };
  const actor = { kind: 'member', id: memberId } as const;
  const event = { scope: { kind: 'letter', id: letterId }, type: acts[act].type, actor, record } as const;
  const sequence = await appendAudit(tx, instance, event, now);
  const review = withStep(instance.keys, row, { sequence, reason });
  const change = { ...changeOf(row, act, now), addendum, status: to, reviewedBy: memberId, reviewedAt: now, review };
  const changed = await reviewSignature(tx, letterId, id, signatureStatusesFor(act), change);
  if (!changed) throw new Error(`signature ${id} changed while its letter was held`);
  if (row.status === 'listed') await countListed(tx, letterId, [row], -1);
  if (to === 'listed') await countListed(tx, letterId, [changed], 1);
  return success(changed);
}

/** An organisation counts once, and so does a person at one address; two of them may wait. */
async function hasOther(tx: Tx, { id, letterId, capacity, organisationId, addressIndex, nameIndex }: SignatureRow, act: ReviewAct) {
  if (act === 'approve' && capacity === 'organisation' && organisationId !== null) {
    return await hasLiveOrganisation(tx, letterId, organisationId, id);
  }
  if (act !== 'put-back' || capacity !== 'personal' || addressIndex === null || nameIndex === null) return false;
  return await hasLivePerson(tx, letterId, addressIndex, nameIndex);
}

function changeOf({ capacity, flags }: SignatureRow, act: ReviewAct, now: Date): ReviewChange {
  const without = flags.filter((flag) => !GATES.has(flag));
  const waiting = capacity === 'organisation' ? 'awaiting-decision' : null;
  switch (act) {
    case 'approve':
      return { flags: without, listedAt: now, authority: capacity === 'organisation' ? 'authorised' : null };
    case 'hold':
      return { flags: [...without, 'held-by-hand'], listedAt: null, authority: waiting };
    case 'reject':
      return { endedAt: now, listedAt: null };
    case 'put-back':
      return { flags: [...without, 'put-back'], endedAt: null, authority: waiting };
  }
}

/** A letter that names may still come into, whether its list or an addendum; for whoever holds its row. */
export async function findTakingNames(
  tx: Tx,
  { coalitionId, letterId }: Pick<LetterScope, 'coalitionId' | 'letterId'>,
): Promise<LetterRow | null> {
  const letter = await findLetter(tx, coalitionId, letterId);
  return letter && takesNames(letter.status) ? letter : null;
}

/** One look at one entry. Whoever signed is told of a rejection, in the words of the reason. */
export async function reviewEntry(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  look: Look & { readonly id: string },
  now: Date,
): Promise<Result<null, ReviewRefusal>> {
  return await attempt<null, ReviewRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, scope.letterId);
    const letter = await findTakingNames(tx, scope);
    if (!letter) return refuse('letter-ended');
    const done = await reviewOne(tx, instance, scope, letter, look, now);
    if (!done.ok) return refuse(done.reason);
    if (look.act === 'reject') await queueRejection(tx, instance, scope, { row: done.value, reason: look.reason }, now);
    return null;
  });
}

/** Entries approved in one transaction: with its sync to disk well under 50 ms. */
const AT_ONCE = 10;

/**
 * Lets several entries into the list: those that wait and can stand do; the others stay as they are and are counted. A second entry of an
 * organisation waits as long as the first one stands.
 */
export async function approveEntries(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  boxes: readonly { readonly id: string; readonly seen: string }[],
  now: Date,
): Promise<Result<{ readonly approved: number; readonly left: number }, ReviewRefusal>> {
  const wanted = [...new Map(boxes.map((box) => [box.id, box])).values()];
  let approved = 0;
  let first: ReviewRefusal | null = null;
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const done = await instance.store.inTransaction(async (tx): Promise<readonly (ReviewRefusal | null)[]> => {
      await holdLetter(tx, scope.letterId);
      const letter = await findTakingNames(tx, scope);
      if (!letter) return ['letter-ended'];
      const outcomes: (ReviewRefusal | null)[] = [];
      for (const { id, seen } of wanted.slice(from, from + AT_ONCE)) {
        const one = await reviewOne(tx, instance, scope, letter, { id, act: 'approve', reason: '', seen }, now);
        outcomes.push(one.ok ? null : one.reason);
      }
      return outcomes;
    });
    approved += done.filter((outcome) => outcome === null).length;
    first ??= done.find((outcome) => outcome !== null) ?? null;
    if (first === 'letter-ended') break;
  }
  if (approved === 0 && first !== null) return refusal(first);
  return success({ approved, left: wanted.length - approved });
}
