import { deleteFormDraft, deleteFormDraftsBefore, findFormDraft, insertFormDraft } from '../../db/queries/form-drafts.ts';
import type { Store } from '../../db/store.ts';

/** Where refused input waits that is too long for a cookie: sealed rows, swept whenever one is added. */
export function storedDrafts(open: () => Promise<Store>) {
  return {
    async keep(id: string, sealed: Uint8Array, expiresAt: Date, now: Date): Promise<void> {
      const store = await open();
      await store.inTransaction(async (tx) => {
        await deleteFormDraftsBefore(tx, now);
        await insertFormDraft(tx, { id, sealed: Buffer.from(sealed), expiresAt });
      });
    },
    async find(id: string, now: Date): Promise<Uint8Array | null> {
      return await findFormDraft((await open()).read, id, now);
    },
    async forget(id: string): Promise<void> {
      const store = await open();
      await store.inTransaction((tx) => deleteFormDraft(tx, id));
    },
  };
}
