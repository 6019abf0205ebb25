import { z } from 'zod';
import { deleteBatchSignatures, deleteDiscardedImport, discardBatch } from '../../db/queries/batches.ts';
import type { JobHandler } from '../jobs/handler.ts';

/** Rows a transaction deletes: well under its 50 ms. */
const CHUNK = 200;

/**
 * Removes what an import left behind that never came to its end. Queued with the import itself, for a day later, since the process that
 * crashed can't do it; it does nothing to an import that came through.
 */
export const discardImport: JobHandler<{ readonly letterId: string; readonly batchId: string }> = {
  kind: 'discard-import',
  payload: z.strictObject({ letterId: z.string(), batchId: z.string() }),
  async run({ store }, { letterId, batchId }) {
    if (!(await store.inTransaction((tx) => discardBatch(tx, batchId)))) return;
    while ((await store.inTransaction((tx) => deleteBatchSignatures(tx, batchId, CHUNK))) > 0);
    await store.inTransaction((tx) => deleteDiscardedImport(tx, { letterId, batchId }));
  },
};
