import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { afterAll, describe, inject, it } from 'vitest';
import { migrateDatabase } from '../../db/migrate.ts';
import { type DatabaseLocation, databaseFile, openStore } from '../../db/open.ts';
import { storeOverPostgres } from '../../db/open-postgres.ts';
import * as postgresTables from '../../db/schema/postgres.ts';
import { awaited, type Store } from '../../db/store.ts';
import { readConfig } from '../../lib/config.ts';
import type { Instance } from '../../lib/instance.ts';
import type { Random } from '../../lib/shared/ids.ts';
import { testKeys } from './keys.ts';

/** PGlite stands in where the machine has no PostgreSQL server: the same SQL, but one connection. */
export type Engine = 'SQLite' | 'PostgreSQL' | 'PGlite';

export interface TestStore {
  readonly engine: Engine;
  readonly store: Store;
  /** Where the database lies, for a second store or another process on it. PGlite's lies nowhere. */
  readonly location: DatabaseLocation;
  /** Closes the store and removes the database; called by itself after the `describe`. */
  close(): Promise<void>;
}

/** Opens an empty, migrated store of its own at each call. */
export type OpenTestStore = () => Promise<TestStore>;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const newFolder = () => mkdtempSync(join(tmpdir(), 'undersigned-store-'));

let template: Promise<Buffer> | undefined;

/** The bytes of a migrated SQLite file, made once for a test file; writing them is ten times quicker than migrating. */
function sqliteTemplate(): Promise<Buffer> {
  template ??= (async () => {
    const dataDir = newFolder();
    const outcome = await migrateDatabase({ dataDir, databaseUrl: null });
    if (!outcome.ok) throw new Error(`the template was not migrated: ${outcome.reason}`);
    const bytes = readFileSync(databaseFile(dataDir));
    rmSync(dataDir, { recursive: true, force: true });
    return bytes;
  })();
  return template;
}

async function openSqliteStore(): Promise<TestStore> {
  const location = { dataDir: newFolder(), databaseUrl: null };
  writeFileSync(databaseFile(location.dataDir), await sqliteTemplate());
  const store = await openStore(location);
  const close = once(async () => {
    await store.close();
    rmSync(location.dataDir, { recursive: true, force: true });
  });
  return { engine: 'SQLite', store, location, close };
}

/** An empty database on the run's server, or a copy of its migrated template. */
export async function newPostgresDatabase(kind: 'empty' | 'migrated' = 'migrated'): Promise<{ url: string; drop: () => Promise<void> }> {
  const source = inject('postgresTemplate');
  if (!source) throw new Error('no PostgreSQL server');
  const name = `t_${randomBytes(8).toString('hex')}`;
  const url = new URL(source);
  const from = kind === 'migrated' ? url.pathname.slice(1) : 'template0';
  const asAdministrator = async (statement: string) => {
    const client = new pg.Client({ connectionString: Object.assign(new URL(source), { pathname: '/postgres' }).href });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await asAdministrator(`create database ${name} template ${from}`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdministrator(`drop database ${name} with (force)`) };
}

async function openPostgresStore(): Promise<TestStore> {
  const { url, drop } = await newPostgresDatabase();
  const location = { dataDir: newFolder(), databaseUrl: url };
  const store = await openStore(location);
  const close = once(async () => {
    await store.close();
    await drop();
    rmSync(location.dataDir, { recursive: true, force: true });
  });
  return { engine: 'PostgreSQL', store, location, close };
}

async function openPgliteStore(): Promise<TestStore> {
  const location = { dataDir: newFolder(), databaseUrl: null };
  const client = await PGlite.create();
  const engine = drizzle(client, { schema: postgresTables, casing: 'snake_case' });
  await migrate(engine, { migrationsFolder: join(ROOT, 'db/migrations/postgres') });
  type Transaction = Parameters<typeof storeOverPostgres>[0]['transaction'];
  const transaction: Transaction = (body) => engine.transaction((handle) => body(handle, awaited));
  const store = storeOverPostgres({ reads: engine, transaction }, () => client.close());
  const close = once(async () => {
    await store.close();
    rmSync(location.dataDir, { recursive: true, force: true });
  });
  return { engine: 'PGlite', store, location, close };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

function describeOn(name: string, engine: Engine, open: OpenTestStore, body: (open: OpenTestStore, engine: Engine) => void): void {
  describe(`${name} on ${engine}`, () => {
    const opened: TestStore[] = [];
    afterAll(async () => {
      for (const each of opened) await each.close();
    });
    body(async () => {
      const made = await open();
      opened.push(made);
      return made;
    }, engine);
  });
}

export const hasPostgres = (): boolean => Boolean(inject('postgresTemplate'));

/**
 * Describes the same on SQLite and on PostgreSQL. A machine without a PostgreSQL server runs PGlite and counts the server as left
 * out; in CI that is a failure.
 *
 *     describeEachStore('inviting', (open) => {
 *       it('…', async () => {
 *         const { store } = await open();
 *         const instance = testInstance(store);
 */
export function describeEachStore(name: string, body: (open: OpenTestStore, engine: Engine) => void): void {
  describeOn(name, 'SQLite', openSqliteStore, body);
  if (hasPostgres()) {
    describeOn(name, 'PostgreSQL', openPostgresStore, body);
    return;
  }
  describeOn(name, 'PGlite', openPgliteStore, body);
  it.skipIf(process.env['CI'] !== 'true')(`${name} on a PostgreSQL server`, () => {
    throw new Error('no PostgreSQL server was found');
  });
}

export function describeSqlite(name: string, body: (open: OpenTestStore) => void): void {
  describeOn(name, 'SQLite', openSqliteStore, body);
}

/** Bytes that look random and are the same in every run for one word. */
export function testRandom(word = 'test'): Random {
  let drawn = 0;
  return (bytes) => {
    const blocks: Buffer[] = [];
    for (let length = 0; length < bytes; length += 32) blocks.push(createHash('sha256').update(`${word}/${drawn++}`).digest());
    return Buffer.concat(blocks).subarray(0, bytes);
  };
}

/**
 * An instance over a store, as commands and views take it: keys and random bytes are the same in every run.
 * @param environment variables as `lib/config.ts` reads them, for a test that wants another origin or mail server
 */
export function testInstance(store: Store, environment: Readonly<Record<string, string>> = {}): Instance {
  const config = readConfig(environment, ROOT);
  if (!config.ok) throw new Error(config.reason.map((fault) => fault.sentence).join('\n'));
  return { config: config.value, store, keys: testKeys(), random: testRandom() };
}
