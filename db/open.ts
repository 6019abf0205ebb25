import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from './store.ts';

export interface DatabaseLocation {
  /** Absolute. */
  readonly dataDir: string;
  /** `postgres://…`, or null for the SQLite file in `dataDir`. */
  readonly databaseUrl: string | null;
}

export const databaseFile = (dataDir: string) => join(dataDir, 'undersigned.db');

/** Opens a migrated database. Engines are imported lazily: the driver that is not used costs nothing. */
export async function openStore({ dataDir, databaseUrl }: DatabaseLocation): Promise<Store> {
  if (databaseUrl) return (await import('./open-postgres.ts')).openPostgres(databaseUrl);
  const file = databaseFile(dataDir);
  if (!existsSync(file)) throw new Error(`no database at ${file}: migrate first`);
  return (await import('./open-sqlite.ts')).openSqlite(file);
}
