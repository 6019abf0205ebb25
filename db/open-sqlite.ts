import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import * as tables from './schema/sqlite.ts';
import { readerOver, type Store, type Tx, txOver } from './store.ts';

/** Transactions that share one commit at most: bounds how long the first of a group waits for its answer. */
const LONGEST_GROUP = 64;
/** Attempts to begin while another process holds the lock: about six seconds. */
const BEGIN_ATTEMPTS = 120;

interface Waiting {
  work(tx: Tx): Promise<unknown>;
  done(value: unknown): void;
  failed(reason: unknown): void;
}

/** Opens a connection with every safety asserted, since a pragma that is misspelt or compiled out fails silently. */
export function connectSqlite(file: string, mode: 'read' | 'write'): Database.Database {
  const connection = new Database(file, { readonly: mode === 'read' });
  if (mode === 'write') connection.pragma('journal_mode = WAL');
  // The library's default is NORMAL on every connection but the one that made the file: acknowledged rows are lost in a power cut.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('secure_delete = ON');
  // So that INSERT OR REPLACE fires the delete triggers that keep frozen rows.
  connection.pragma('recursive_triggers = ON');
  connection.pragma('trusted_schema = OFF');
  // Waiting happens inside SQLite and stops the event loop: wait briefly there, then try again from here.
  connection.pragma('busy_timeout = 50');
  const expected: Record<string, unknown> = { synchronous: 2, foreign_keys: 1, secure_delete: 1, recursive_triggers: 1 };
  if (mode === 'write') expected['journal_mode'] = 'wal';
  for (const [name, value] of Object.entries(expected)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) throw new Error(`SQLite pragma ${name} is ${String(found)}, not ${String(value)}`);
  }
  return connection;
}

/**
 * One writer, one reader. Transactions queue for the writer; those that wait share one commit, each in its own savepoint, so one
 * sync to disk serves them all and a failing one takes back only itself. The file must have been migrated (`migrate.ts`).
 */
export function openSqlite(file: string): Store {
  const writer = connectSqlite(file, 'write');
  const writeHandle = drizzle(writer, { schema: tables, casing: 'snake_case' });
  const reader = connectSqlite(file, 'read');

  const waiting: Waiting[] = [];
  const inside = new AsyncLocalStorage<true>();
  let draining: Promise<void> | undefined;

  async function begin(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        writer.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== 'SQLITE_BUSY' || attempt === BEGIN_ATTEMPTS) throw error;
        await sleep(10 + Math.random() * 40);
      }
    }
  }

  async function runOne(job: Waiting): Promise<(() => void) | undefined> {
    writer.exec('SAVEPOINT job');
    const { tx, end } = txOver(writeHandle, tables);
    try {
      const value = await inside.run(true, () => job.work(tx));
      writer.exec('RELEASE job');
      return () => job.done(value);
    } catch (error) {
      // A full disk ends the whole transaction by itself; then there is no savepoint to go back to.
      if (writer.inTransaction) writer.exec('ROLLBACK TO job; RELEASE job');
      job.failed(error);
      return undefined;
    } finally {
      end();
    }
  }

  async function runGroup(group: readonly Waiting[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      await begin();
      for (const job of group) {
        const answer = await runOne(job);
        if (!writer.inTransaction) throw new Error('the database ended the transaction by itself');
        if (answer) answers.push(answer);
      }
      writer.exec('COMMIT');
    } catch (error) {
      if (writer.inTransaction) writer.exec('ROLLBACK');
      for (const job of group) job.failed(error); // settling twice does nothing
      return;
    }
    for (const answer of answers) answer(); // only now is it on disk
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await new Promise(setImmediate); // let the requests of this turn of the loop join the group
      await runGroup(waiting.splice(0, LONGEST_GROUP));
    }
    draining = undefined;
  }

  return {
    dialect: 'sqlite',
    read: readerOver(drizzle(reader, { schema: tables, casing: 'snake_case' }), tables),
    inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      if (inside.getStore()) return Promise.reject(new Error('already inside a transaction: pass tx on'));
      return new Promise<T>((resolve, failed) => {
        waiting.push({ work, done: (value) => resolve(value as T), failed });
        draining ??= drain();
      });
    },
    async close() {
      await draining;
      reader.close();
      writer.close();
    },
  };
}
