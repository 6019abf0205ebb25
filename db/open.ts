import { existsSync } from 'node:fs';
import type { Store } from './store.ts';

/** `file` is absolute. */
export type DatabaseLocation = { readonly engine: 'sqlite'; readonly file: string } | { readonly engine: 'postgres'; readonly url: string };

/** Opens a migrated database. Engines are imported lazily: the driver that is not used costs nothing. */
export async function openStore(location: DatabaseLocation): Promise<Store> {
  if (location.engine === 'postgres') return (await import('./open-postgres.ts')).openPostgres(location.url);
  if (!existsSync(location.file)) throw new Error(`no database at ${location.file}: migrate first`);
  return (await import('./open-sqlite.ts')).openSqlite(location.file);
}
