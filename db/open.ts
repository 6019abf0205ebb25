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
export async function openStore(location: DatabaseLocation): Promise<Store> {
  if (location.databaseUrl) return (await import('./open-postgres.ts')).openPostgres(location.databaseUrl);
  const file = databaseFile(location.dataDir);
  if (!existsSync(file)) throw new Error(`no database at ${file}: migrate first`);
  return (await import('./open-sqlite.ts')).openSqlite(file);
}

const shared = Symbol.for('undersigned.store');

/**
 * The process's one store. A built server instantiates this module several times (pages, route handlers, instrumentation), so it
 * hangs on globalThis: two SQLite writers in one process would block the event loop on each other's lock.
 */
export function sharedStore(location: DatabaseLocation): Promise<Store> {
  const holder = globalThis as { [shared]?: Promise<Store> };
  holder[shared] ??= openStore(location);
  return holder[shared];
}
