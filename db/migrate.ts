import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { type DatabaseLocation, databaseFile } from './open.ts';
import { connectSqlite } from './open-sqlite.ts';

/** Any fixed number: two processes starting at once must not both migrate. */
const MIGRATION_LOCK = 7_120_118;

export type MigrationOutcome = { readonly ok: true; readonly applied: number } | { readonly ok: false; readonly reason: 'newer-database' };

const folderOf = (dialect: 'sqlite' | 'postgres') => fileURLToPath(new URL(`./migrations/${dialect}`, import.meta.url));

function journalOf(folder: string): readonly number[] {
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as { entries: { when: number }[] };
  return journal.entries.map((entry) => entry.when);
}

/**
 * Brings the database to this version's tables; makes the SQLite file where there is none. A database that knows a migration this
 * version does not is left untouched: its newer rows could be read wrongly.
 */
export async function migrateDatabase(location: DatabaseLocation): Promise<MigrationOutcome> {
  return location.databaseUrl ? await migrateServer(location.databaseUrl) : migrateFile(databaseFile(location.dataDir));
}

function migrateFile(file: string): MigrationOutcome {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const connection = connectSqlite(file, 'write');
  try {
    // Another process may be migrating: here waiting is right, nothing else runs yet.
    connection.pragma('busy_timeout = 10000');
    const folder = folderOf('sqlite');
    const known = journalOf(folder);
    const present = connection.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
    const applied = present
      ? connection
          .prepare<[], { at: number }>('select created_at as at from __drizzle_migrations')
          .all()
          .map((row) => Number(row.at))
      : [];
    if (isNewer(applied, known)) return { ok: false, reason: 'newer-database' };
    migrateSqlite(drizzleSqlite(connection), { migrationsFolder: folder });
    return { ok: true, applied: known.length - applied.length };
  } finally {
    connection.close();
  }
}

async function migrateServer(url: string): Promise<MigrationOutcome> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const folder = folderOf('postgres');
    const known = journalOf(folder);
    const present = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as name`);
    const rows = present.rows[0]?.name ? (await client.query('select created_at as at from drizzle.__drizzle_migrations')).rows : [];
    const applied = rows.map((row: { at: string }) => Number(row.at));
    if (isNewer(applied, known)) return { ok: false, reason: 'newer-database' };
    await migratePostgres(drizzlePostgres(client), { migrationsFolder: folder });
    return { ok: true, applied: known.length - applied.length };
  } finally {
    await client.end(); // ends the session and with it the lock
  }
}

const isNewer = (applied: readonly number[], known: readonly number[]) => applied.some((when) => !known.includes(when));
