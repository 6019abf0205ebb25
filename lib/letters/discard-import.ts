import { z } from 'zod';
import { deleteBatchSignatures, deleteDiscardedImport, discardBatch } from '../../db/queries/batches.ts';
import type { Store } from '../../db/store.ts';
import type { JobHandler } from '../jobs/handler.ts';
import { inPace, Pace } from './pace.ts';

/** Rows a transaction deletes: well under its 50 ms. */
const ROWS = { aimMs: 20, least: 25, most: 200 };

/** Deletes what a batch that was given up has brought, in short transactions. */
export async function deleteBatch(store: Store, of: { readonly letterId: string; readonly batchId: string }): Promise<void> {
  const pace = new Pace(ROWS);
  while ((await inPace(store, pace, (tx, { rows }) => deleteBatchSignatures(tx, of, rows))) > 0);
  await store.inTransaction((tx) => deleteDiscardedImport(tx, of));
}

/**
 * Removes what an import left behind that never came to its end. Queued with the import itself, for a day later, since the process that
 * crashed can't do it; it does nothing to an import that came through.
 */
export const discardImport: JobHandler<{ readonly letterId: string; readonly batchId: string }> = {
  kind: 'discard-import',
  payload: z.strictObject({ letterId: z.string(), batchId: z.string() }),
  async run({ store }, { letterId, batchId }) {
    if (!(await store.inTransaction((tx) => discardBatch(tx, batchId)))) return;
    await deleteBatch(store, { letterId, batchId });
  },
};
