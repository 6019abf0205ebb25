import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFault } from '../../../db/errors.ts';
import { databaseFile, openStore } from '../../../db/open.ts';
import { connectSqlite, oldSqliteSentence } from '../../../db/open-sqlite.ts';
import { ensureKeysFile } from '../../../lib/crypto/keys-file.ts';
import { startScript } from '../../support/child.ts';
import { INSTANT } from '../../support/rows.ts';
import { describeSqlite, testInstance } from '../../support/stores.ts';
import { hasTool } from '../../support/tools.ts';

const script = (name: string) => new URL(`processes/${name}.ts`, import.meta.url);

/** The longest time the event loop did not run while `work` did, in milliseconds. */
async function longestStop(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 5);
  await work.finally(() => clearInterval(timer));
  // A stop that ended together with the work was not seen by the timer.
  look();
  return longest;
}

describeSqlite('the file', (open) => {
  // Red without the pragma: the library's default is NORMAL, off, off, off.
  it('is opened with every safety on, for reading and for writing', async () => {
    const { location } = await open();
    for (const mode of ['read', 'write'] as const) {
      const connection = connectSqlite(databaseFile(location.dataDir), mode);
      const value = (name: string) => connection.pragma(name, { simple: true });
      expect({
        synchronous: value('synchronous'),
        foreignKeys: value('foreign_keys'),
        secureDelete: value('secure_delete'),
        recursiveTriggers: value('recursive_triggers'),
        journal: value('journal_mode'),
        trustedSchema: value('trusted_schema'),
      }).toEqual({ synchronous: 2, foreignKeys: 1, secureDelete: 1, recursiveTriggers: 1, journal: 'wal', trustedSchema: 0 });
      expect(Number(value('busy_timeout'))).toBeLessThanOrEqual(50);
      connection.close();
    }
  });

  it('can’t be written by the connection that reads', async () => {
    const { location } = await open();
    const connection = connectSqlite(databaseFile(location.dataDir), 'read');
    expect(() => connection.exec('delete from letters')).toThrow(expect.objectContaining({ code: 'SQLITE_READONLY' }));
    connection.close();
  });

  it('that is missing is said to be missing', async () => {
    await expect(openStore({ dataDir: '/nowhere/at/all', databaseUrl: null })).rejects.toThrow('migrate first');
  });

  // Red with a busy_timeout of 5 s: the event loop stands as long as the other process holds the lock.
  it('is written once another process lets go, and the event loop runs meanwhile', async () => {
    const { store, location } = await open();
    const other = startScript(script('hold-lock'), [databaseFile(location.dataDir), '1500']);
    await other.firstWord;
    const began = performance.now();
    const writing = store.inTransaction((tx) =>
      tx.insert(tx.tables.formDrafts).values({ id: 'waited', sealed: Buffer.of(1), expiresAt: INSTANT }),
    );
    const longest = await longestStop(writing);
    expect(performance.now() - began).toBeGreaterThan(900);
    expect(longest).toBeLessThan(500);
    expect((await other.ended).code).toBe(0);
    expect(await store.read.select().from(store.read.tables.formDrafts)).toHaveLength(1);
  });

  it('takes the writes of several processes at once', async () => {
    const { store, location } = await open();
    const others = [1, 2].map(() => startScript(script('commit'), [location.dataDir, '20', '4']).ended);
    const own = Array.from({ length: 20 }, async (_, at) => {
      await sleep(at * 5);
      await store.inTransaction((tx) =>
        tx.insert(tx.tables.formDrafts).values({ id: `own-${at}`, sealed: Buffer.of(1), expiresAt: INSTANT }),
      );
    });
    await Promise.all(own);
    for (const ended of await Promise.all(others)) expect(ended).toEqual({ code: 0, out: 'done\n', err: '' });
    expect(await store.read.select().from(store.read.tables.formDrafts)).toHaveLength(60);
  });

  // Red without secure_delete (and without its assertion): the name still stands in a free page of the file.
  it('holds no deleted name after a checkpoint', async () => {
    const opened = await open();
    const file = databaseFile(opened.location.dataDir);
    const name = `Wilhelmina Featherstonehaugh ${'x'.repeat(200)}`;
    const files = () => [file, `${file}-wal`].filter((each) => existsSync(each)).map((each) => readFileSync(each));
    const { formDrafts } = opened.store.read.tables;
    for (let at = 0; at < 50; at++) {
      const row = { id: `row-${at}`, sealed: Buffer.from(`${name}${at}`), expiresAt: INSTANT };
      await opened.store.inTransaction((tx) => tx.insert(formDrafts).values(row));
    }
    expect(files().some((bytes) => bytes.includes(name))).toBe(true);
    await opened.store.inTransaction((tx) => tx.delete(formDrafts));
    const connection = connectSqlite(file, 'write');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    expect(files().filter((bytes) => bytes.includes(name))).toEqual([]);
  });

  // Red where the first is committed before its caller goes on: each signature then costs two syncs to disk.
  it('is synced once for what is counted and for the change that follows', async () => {
    const { store, location } = await open();
    const beside = connectSqlite(databaseFile(location.dataDir), 'read');
    const committed = () => beside.prepare('select id from form_drafts order by id').pluck().all();
    const { formDrafts } = store.read.tables;
    const row = (id: string) => ({ id, sealed: Buffer.of(1), expiresAt: INSTANT });
    await store.inTransactionBefore((tx) => tx.insert(formDrafts).values(row('counted')));
    const seen = store.inTransaction(async (tx) => {
      await tx.insert(formDrafts).values(row('changed'));
      return committed();
    });
    expect(await seen).toEqual([]);
    expect(committed()).toEqual(['changed', 'counted']);
    // Nobody follows: it is committed all the same.
    await store.inTransactionBefore((tx) => tx.insert(formDrafts).values(row('last')));
    await sleep(20);
    expect(committed()).toEqual(['changed', 'counted', 'last']);
    beside.close();
  });

  it('that is full says so', async () => {
    const { location } = await open();
    const connection = connectSqlite(databaseFile(location.dataDir), 'write');
    connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`);
    const insert = connection.prepare('insert into form_drafts values (?, ?, 0)');
    let fault: unknown;
    try {
      insert.run('large', Buffer.alloc(100_000));
    } catch (error) {
      fault = databaseFault(error);
    }
    expect(fault).toBe('full');
    connection.close();
  });
});

describeSqlite('what is acknowledged', (open) => {
  const syncsOf = async (dataDir: string, transactions: number, atOnce: number) => {
    const trace = `${dataDir}/trace`;
    const strace = ['strace', '-f', '-e', 'trace=fdatasync,fsync', '-o', trace];
    const ended = await startScript(script('commit'), [dataDir, String(transactions), String(atOnce)], strace).ended;
    expect(ended).toEqual({ code: 0, out: 'done\n', err: '' });
    return readFileSync(trace, 'utf8').match(/(fdatasync|fsync)\(/g)?.length ?? 0;
  };

  // Red with synchronous = NORMAL (and without its assertion): 30 commits, no sync at all.
  it.skipIf(!hasTool('strace'))('has been synced to disk, once for all that waited together', async () => {
    const alone = await syncsOf((await open()).location.dataDir, 30, 1);
    expect(alone).toBeGreaterThanOrEqual(30);
    const together = await syncsOf((await open()).location.dataDir, 30, 30);
    expect(together).toBeGreaterThanOrEqual(1);
    expect(together).toBeLessThanOrEqual(alone - 25);
  });
});

describeSqlite('an instance in a built server', (open) => {
  // Red when the module keeps the store in a variable of its own: four writers, and each blocks the event loop on the others.
  it('is one, though its module is loaded four times', async () => {
    const { location, store } = await open();
    const { config } = testInstance(store, { DATA_DIR: location.dataDir });
    ensureKeysFile(config.keysFile, false, INSTANT);
    const load = (query: string) => import(/* @vite-ignore */ `${new URL('../../../lib/instance.ts', import.meta.url).href}?${query}`);
    const modules = (await Promise.all(['1', '2', '3', '4'].map(load))) as typeof import('../../../lib/instance.ts')[];
    expect(new Set(modules.map((module) => module.sharedInstance)).size).toBe(4);
    const instances = await Promise.all(modules.map((module) => module.sharedInstance(config)));
    expect(new Set(instances.map((instance) => instance.store)).size).toBe(1);
    await instances[0]?.store.close();
  });
});

describe('the version of SQLite', () => {
  it('in use is safe, and an older one is refused in a sentence', () => {
    const connection = new Database(':memory:');
    expect(oldSqliteSentence(String(connection.prepare('select sqlite_version()').pluck().get()))).toBeNull();
    connection.close();
    for (const version of ['3.51.3', '3.52.0', '3.54.1', '4.0.0']) expect(oldSqliteSentence(version), version).toBeNull();
    for (const version of ['3.51.2', '3.50.9', '3.9.4', '2.99.99', '']) {
      expect(oldSqliteSentence(version), version).toMatch(/^SQLite .* or later is needed: install again\.$/);
    }
  });
});
