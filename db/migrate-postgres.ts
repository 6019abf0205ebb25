import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { isNewer, type MigrationOutcome, migrationsOf } from './migrations.ts';

/** Any fixed number: two processes starting at once must not both migrate. */
const MIGRATION_LOCK = 7_120_118;

/** The migrations a server's database has had. */
export async function peekServer(url: string): Promise<readonly number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await appliedToServer(client);
  } finally {
    await client.end();
  }
}

async function appliedToServer(client: pg.Client): Promise<readonly number[]> {
  const present = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as name`);
  const rows = present.rows[0]?.name ? (await client.query('select created_at as at from drizzle.__drizzle_migrations')).rows : [];
  return rows.map((row: { at: string }) => Number(row.at));
}

export async function migrateServer(url: string): Promise<MigrationOutcome> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrationsFolder = migrationsOf('postgres');
    const known = readMigrationFiles({ migrationsFolder });
    const applied = await appliedToServer(client);
    if (isNewer(applied, known)) return { ok: false, reason: 'newer-database' };
    await migrate(drizzle(client), { migrationsFolder });
    return { ok: true, applied: known.length - applied.length };
  } finally {
    await client.end(); // ends the session and with it the lock
  }
}
