import type { FormDrafts } from '../../app/_request/form-drafts.ts';

/** Drafts in memory, for tests of the request layer alone. */
export function memoryDrafts(most = 200): FormDrafts {
  const rows = new Map<string, { readonly sealed: Uint8Array; readonly expiresAt: Date }>();
  return {
    async keep(id, sealed, expiresAt) {
      rows.set(id, { sealed, expiresAt });
      const oldest = rows.size > most ? rows.keys().next().value : undefined;
      if (oldest !== undefined) rows.delete(oldest);
    },
    async find(id, now) {
      const row = rows.get(id);
      return row && row.expiresAt > now ? row.sealed : null;
    },
    async forget(id) {
      rows.delete(id);
    },
  };
}
