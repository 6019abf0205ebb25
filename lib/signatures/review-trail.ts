import { z } from 'zod';
import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, seal, unseal } from '../crypto/seal.ts';

/** Where what members said of an entry is sealed. */
const reviewPlace = (letterId: string, id: string): SealPlace => ({ table: 'signatures', column: 'review', id, scope: letterId });

/** The reason given last, and where the letter's log says the rest: found by their places, since the log is sealed and has no index of names. */
const storedReview = z.object({
  reason: z.string().default(''),
  log: z.array(z.number().int().positive()).default([]),
});
export type StoredReview = z.output<typeof storedReview>;

/** Steps of one entry that its page shows: whoever goes on beyond shows the last ones. */
const MOST_STEPS = 50;

interface Reviewed {
  readonly id: string;
  readonly letterId: string;
  readonly review: Uint8Array | null;
}

/** What was said of an entry. @throws where the row is another's or was changed outside the product */
export function openReview(keys: Keys, { id, letterId, review }: Reviewed): StoredReview {
  if (review === null) return { reason: '', log: [] };
  const opened = unseal(keys, reviewPlace(letterId, id), review);
  if (!opened.ok) throw new Error(`the review of signature ${id} does not open: ${opened.reason}`);
  return storedReview.parse(opened.value);
}

/** The same with one more step of the letter's log, as `appendAudit` gave its place, and the reason that was given for it. */
export function withStep(keys: Keys, row: Reviewed, step: { readonly sequence: number; readonly reason: string }): Buffer {
  const { log } = openReview(keys, row);
  const review: StoredReview = { reason: step.reason, log: [...log, step.sequence].slice(-MOST_STEPS) };
  return seal(keys, reviewPlace(row.letterId, row.id), review);
}
