import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../db/migrate.ts';
import { databaseFile, openStore } from '../../db/open.ts';
import { connectSqlite } from '../../db/open-sqlite.ts';
import { startScript } from '../support/child.ts';
import { hasPostgres, newPostgresDatabase } from '../support/stores.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MIGRATE = new URL('store/processes/migrate.ts', import.meta.url);
const known = (dialect: 'sqlite' | 'postgres') =>
  readdirSync(join(ROOT, 'db/migrations', dialect)).filter((name) => name.endsWith('.sql')).length;

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-migrate-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Located = { dataDir: string; databaseUrl: null };
const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** How many migrations each of some processes applied that all began in one moment, in rising order. */
async function migrateAtOnce(processes: number, ...words: string[]): Promise<readonly number[]> {
  const go = join(newFolder(), 'go');
  const started = Array.from({ length: processes }, () => startScript(MIGRATE, [go, ...words]));
  await Promise.all(started.map((each) => each.firstWord));
  writeFileSync(go, '');
  const all = await Promise.all(started.map((each) => each.ended));
  for (const ended of all) expect(ended).toMatchObject({ code: 0, err: '' });
  const applied = all.map((ended) => (JSON.parse(ended.out.replace('ready\n', '')) as { applied: number }).applied);
  return applied.toSorted((one, two) => one - two);
}

describe('migrating an SQLite file', () => {
  it('makes folder and file, and the second time finds nothing to do', async () => {
    const location = { dataDir: join(newFolder(), 'deep', 'data'), databaseUrl: null };
    expect(await migrateDatabase(location)).toEqual({ ok: true, applied: known('sqlite') });
    const store = await openStore(location);
    expect(await store.read.select().from(store.read.tables.letters)).toEqual([]);
    await store.close();
    const before = hashOf(databaseFile(location.dataDir));
    expect(await migrateDatabase(location)).toEqual({ ok: true, applied: 0 });
    expect(hashOf(databaseFile(location.dataDir))).toBe(before);
  });

  // Red with drizzle's own migrator: it asks what is missing before it takes the lock.
  it('is done once by four processes that start at once', async () => {
    expect(await migrateAtOnce(4, newFolder())).toEqual([0, 0, 0, known('sqlite')]);
  });

  // Red when the file is opened for writing to find out: closing it writes the log of the last run into it.
  it('leaves a database of a newer version untouched', async () => {
    const [location, copied] = [newFolder(), newFolder()].map((dataDir) => ({ dataDir, databaseUrl: null })) as [Located, Located];
    await migrateDatabase(location);
    const [from, file] = [databaseFile(location.dataDir), databaseFile(copied.dataDir)];
    const connection = connectSqlite(from, 'write');
    connection.exec(`insert into __drizzle_migrations (hash, created_at) values ('of the future', 99999999999999)`);
    // Copied while it is open: a process that was killed leaves its log beside the file.
    for (const end of ['', '-wal']) copyFileSync(from + end, file + end);
    connection.close();
    const before = [hashOf(file), hashOf(`${file}-wal`)];
    expect(await migrateDatabase(copied)).toEqual({ ok: false, reason: 'newer-database' });
    expect([hashOf(file), hashOf(`${file}-wal`)]).toEqual(before);
  });

  it('takes a migration that fails back whole', async () => {
    const location = { dataDir: newFolder(), databaseUrl: null };
    const blocking = new Database(databaseFile(location.dataDir));
    blocking.exec('create table links (id text)');
    blocking.close();
    await expect(migrateDatabase(location)).rejects.toThrow('already exists');
    const connection = new Database(databaseFile(location.dataDir));
    expect(connection.prepare(`select name from sqlite_master where type = 'table'`).pluck().all()).toEqual(['links']);
    connection.close();
  });
});

describe.skipIf(!hasPostgres())('migrating a PostgreSQL server', () => {
  it('fills an empty database, and the second time finds nothing to do', async () => {
    const { url, drop } = await newPostgresDatabase('empty');
    const location = { dataDir: '', databaseUrl: url };
    expect(await migrateDatabase(location)).toEqual({ ok: true, applied: known('postgres') });
    expect(await migrateDatabase(location)).toEqual({ ok: true, applied: 0 });
    await drop();
  });

  // Red without the advisory lock: the second finds the table half made.
  it('is done once by two processes that start at once', async () => {
    const { url, drop } = await newPostgresDatabase('empty');
    expect(await migrateAtOnce(2, '', url)).toEqual([0, known('postgres')]);
    await drop();
  });

  it('leaves a database of a newer version untouched', async () => {
    const { url, drop } = await newPostgresDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of the future', 99999999999999)`);
    expect(await migrateDatabase({ dataDir: '', databaseUrl: url })).toEqual({ ok: false, reason: 'newer-database' });
    await client.end();
    await drop();
  });
});

describe('the migrations', () => {
  // Red when a table is changed and `drizzle-kit generate` forgotten for one of the two.
  it.each(['sqlite', 'postgresql'] as const)('bring the tables as they are defined: %s', (dialect) => {
    const copy = newFolder();
    for (const name of ['db', 'lib', 'drizzle.config.ts', 'package.json', 'tsconfig.json'])
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const files = () => readdirSync(join(copy, 'db/migrations'), { recursive: true }).sort();
    const before = files();
    const out = execFileSync(process.execPath, [join(copy, 'node_modules/drizzle-kit/bin.cjs'), 'generate', '--name', 'drift'], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, DIALECT: dialect, NO_COLOR: '1' },
    });
    expect(out).toContain('No schema changes');
    expect(files()).toEqual(before);
  });

  it('are for both engines as many', () => {
    expect(known('sqlite')).toBe(known('postgres'));
  });
});
