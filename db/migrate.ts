import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { makeFolder } from '../lib/shared/writable-folder.ts';
import { isNewer, type MigrationOutcome, migrationsOf } from './migrations.ts';
import { type DatabaseLocation, databaseFile } from './open.ts';
import { connectSqlite } from './open-sqlite.ts';

/** Longest wait for another process that is migrating the same file. */
const WAIT_MS = 10_000;

/**
 * Brings the database to this version's tables; makes the SQLite file where there is none. A database that knows a migration this
 * version does not is left untouched: its newer rows could be read wrongly.
 */
export async function migrateDatabase(location: DatabaseLocation): Promise<MigrationOutcome> {
  if (!location.databaseUrl) return migrateFile(databaseFile(location.dataDir));
  return await (await import('./migrate-postgres.ts')).migrateServer(location.databaseUrl);
}

function migrateFile(file: string): MigrationOutcome {
  const known = readMigrationFiles({ migrationsFolder: migrationsOf('sqlite') });
  if (existsSync(file) && isNewer(peek(file), known)) return { ok: false, reason: 'newer-database' };
  makeFolder(dirname(file));
  // Another process may be migrating: here waiting is right, nothing else runs yet.
  const connection = connectSqlite(file, 'write', WAIT_MS);
  try {
    // Asked again under the lock; drizzle's own migrator asks before it takes one, and two processes then both migrate.
    return connection
      .transaction((): MigrationOutcome => {
        const applied = appliedTo(connection);
        if (isNewer(applied, known)) return { ok: false, reason: 'newer-database' };
        // The table drizzle's tools look for.
        connection.exec('create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
        const missing = known.filter((migration) => !applied.includes(migration.folderMillis));
        for (const migration of missing) {
          for (const statement of migration.sql) connection.exec(statement);
          connection
            .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
            .run(migration.hash, migration.folderMillis);
        }
        return { ok: true, applied: missing.length };
      })
      .immediate();
  } finally {
    connection.close();
  }
}

/** The migrations in a file, without the traces that opening it for writing would leave. */
function peek(file: string): readonly number[] {
  const connection = connectSqlite(file, 'read', WAIT_MS);
  try {
    return appliedTo(connection);
  } finally {
    connection.close();
  }
}

function appliedTo(connection: Database.Database): readonly number[] {
  const present = connection.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
  if (!present) return [];
  return connection.prepare('select created_at from __drizzle_migrations').pluck().all().map(Number);
}

/** `none`: there is no database. `behind`: this version has migrations for it. `newer`: it knows one that this version does not. */
export type MigrationState = 'none' | 'current' | 'behind' | 'newer';

/** How a database stands to this version; changes nothing. */
export async function migrationState({ dataDir, databaseUrl }: DatabaseLocation): Promise<MigrationState> {
  const known = readMigrationFiles({ migrationsFolder: migrationsOf(databaseUrl ? 'postgres' : 'sqlite') });
  const file = databaseFile(dataDir);
  if (!databaseUrl && !existsSync(file)) return 'none';
  const applied = databaseUrl ? await (await import('./migrate-postgres.ts')).peekServer(databaseUrl) : peek(file);
  if (isNewer(applied, known)) return 'newer';
  if (applied.length === 0) return 'none';
  return applied.length < known.length ? 'behind' : 'current';
}
