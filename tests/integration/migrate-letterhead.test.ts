import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../db/migrate.ts';
import { migrationsOf } from '../../db/migrations.ts';
import { databaseFile, openStore } from '../../db/open.ts';
import { connectSqlite } from '../../db/open-sqlite.ts';
import { hasPostgres, newPostgresDatabase } from '../support/stores.ts';

type Exec = (sql: string) => Promise<unknown>;

/** A coalition with a logo, and its letters from before they kept a letterhead: one was delivered, one is closed. */
async function fillAsBefore(exec: Exec, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: migrationsOf(dialect) });
  const at = dialect === 'sqlite' ? '1772445600000' : `'2026-03-02T10:00:00Z'`;
  const bytes = dialect === 'sqlite' ? `x'00'` : `'\\x00'`;
  const no = dialect === 'sqlite' ? '0' : 'false';
  for (const migration of known.slice(0, 6)) {
    for (const statement of migration.sql) await exec(statement);
    const table = dialect === 'sqlite' ? '__drizzle_migrations' : 'drizzle.__drizzle_migrations';
    await exec(`insert into ${table} (hash, created_at) values ('${migration.hash}', ${migration.folderMillis})`);
  }
  const settings = `{"publicName":"The river people","letterhead":{"lines":["River House","Quay 1"],"logo":true},"logo":"blb_1"}`;
  await exec(`insert into coalitions (id, slug, name, settings, created_at) values ('coa_1', 'a', 'Clear Water', '${settings}', ${at})`);
  await exec(`insert into coalitions (id, slug, name, settings, created_at) values ('coa_2', 'b', 'Dry Land', '{}', ${at})`);
  await exec(`insert into people (id, email_index, sealed, created_at) values ('per_1', ${bytes}, ${bytes}, ${at})`);
  for (const coalition of ['1', '2']) {
    await exec(
      `insert into members (id, coalition_id, person_id, role, created_at) values ('mem_${coalition}', 'coa_${coalition}', 'per_1', 'owner', ${at})`,
    );
  }
  await exec(
    `insert into blobs (id, coalition_id, kind, media_type, size, sha256, sealed, created_at, activated_at) values ('blb_1', 'coa_1', 'logo', 'image/png', 1, '', ${no}, ${at}, ${at})`,
  );
  for (const [id, coalition, status, delivered] of [
    ['delivered', '1', 'delivered', at],
    ['closed', '1', 'closed', 'null'],
    ['plain', '2', 'delivered', at],
  ]) {
    await exec(
      `insert into letters (id, coalition_id, slug, kind, preset, status, release, authentic_language, zone, block, policies, created_by, created_at, updated_at, delivered_at)
       values ('${id}', 'coa_${coalition}', '${id}', 'open-letter', 'coalition-letter', '${status}', 'public', 'en', 'UTC', '{}', '{}', 'mem_${coalition}', ${at}, ${at}, ${delivered})`,
    );
  }
}

const KEPT = [
  { id: 'closed', letterhead: null, letterheadLogo: null },
  { id: 'delivered', letterhead: { name: 'The river people', lines: ['River House', 'Quay 1'] }, letterheadLogo: 'blb_1' },
  { id: 'plain', letterhead: { name: 'Dry Land', lines: [] }, letterheadLogo: null },
];

async function keptLetterheads(location: Parameters<typeof openStore>[0]) {
  const store = await openStore(location);
  const { letters } = store.read.tables;
  const rows = await store.read
    .select({ id: letters.id, letterhead: letters.letterhead, letterheadLogo: letters.letterheadLogo })
    .from(letters);
  await store.close();
  return rows.toSorted((one, other) => one.id.localeCompare(other.id));
}

describe('letters that were delivered before they kept a letterhead', () => {
  it('keep the one they have at the upgrade: SQLite', async () => {
    const location = { dataDir: mkdtempSync(join(tmpdir(), 'undersigned-upgrade-')), databaseUrl: null };
    const connection = connectSqlite(databaseFile(location.dataDir), 'write');
    connection.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
    await fillAsBefore(async (sql) => connection.exec(sql), 'sqlite');
    connection.close();
    expect((await migrateDatabase(location)).ok).toBe(true);
    expect(await keptLetterheads(location)).toEqual(KEPT);
    rmSync(location.dataDir, { recursive: true, force: true });
  });

  it.skipIf(!hasPostgres())('keep the one they have at the upgrade: PostgreSQL', async () => {
    const { url, drop } = await newPostgresDatabase('empty');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create schema drizzle');
    await client.query('create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)');
    await fillAsBefore((sql) => client.query(sql), 'postgres');
    await client.end();
    const location = { dataDir: '', databaseUrl: url };
    expect((await migrateDatabase(location)).ok).toBe(true);
    expect(await keptLetterheads(location)).toEqual(KEPT);
    await drop();
  });
});
