import { z } from 'zod';
import { discardReplacedBatch, hasLifeBesidesImport } from '../../db/queries/batches.ts';
import { findLetter, markReplaced } from '../../db/queries/letters.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import type { JobHandler } from '../jobs/handler.ts';
import { enqueueJob } from '../jobs/queue.ts';
import { deleteBatch } from './discard-import.ts';
import { logLetter, UNDO_HOURS } from './drafting.ts';

/**
 * `no-such-letter`: not in this coalition. `has-own-life`: it was never imported, is not closed (delivered, say), or somebody was invited
 * to it or signed it since: what it holds is then in no file.
 */
export type ReplaceRefusal = 'no-such-letter' | 'has-own-life';

/** Why an imported letter cannot give way to a corrected import, or null where it can. */
export async function hindranceToReplacing(
  db: Reader,
  { coalitionId, replaced }: { readonly coalitionId: string; readonly replaced: string },
): Promise<ReplaceRefusal | null> {
  const letter = await findLetter(db, coalitionId, replaced);
  if (!letter) return 'no-such-letter';
  return letter.status !== 'closed' || (await hasLifeBesidesImport(db, replaced)) ? 'has-own-life' : null;
}

/**
 * Takes an imported letter off every list in favour of its corrected import, which takes over its address, in the transaction that shows
 * the new one. Its entries are deleted once it can no longer be brought back.
 */
export async function giveWay(
  tx: Tx,
  instance: Instance,
  of: { readonly coalitionId: string; readonly memberId: string; readonly replaced: string; readonly letterId: string },
  now: Date,
): Promise<ReplaceRefusal | null> {
  await holdLetter(tx, of.replaced);
  const hindrance = await hindranceToReplacing(tx, of);
  if (hindrance) return hindrance;
  await markReplaced(tx, of.replaced, of.letterId, now);
  const record = { replacedBy: of.letterId };
  await logLetter(tx, instance, { letterId: of.replaced, memberId: of.memberId }, { type: 'letter-deleted', record }, now);
  const runAt = new Date(now.getTime() + UNDO_HOURS * 3_600_000);
  await enqueueJob(tx, instance, { handler: discardReplaced, payload: { letterId: of.replaced }, runAt }, now);
  return null;
}

/** Deletes the entries of an imported letter that another import has replaced; nothing of one that was brought back meanwhile. */
export const discardReplaced: JobHandler<{ readonly letterId: string }> = {
  kind: 'discard-replaced-import',
  payload: z.strictObject({ letterId: z.string() }),
  async run({ store }, { letterId }) {
    for (const batchId of await store.inTransaction((tx) => discardReplacedBatch(tx, letterId))) {
      await deleteBatch(store, { letterId, batchId });
    }
  },
};
