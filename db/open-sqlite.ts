import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { is, Param, Placeholder, type SQL } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { databaseFault } from './errors.ts';
import * as tables from './schema/sqlite.ts';
import { awaited, readerOver, type Store, type Tx, txOver } from './store.ts';

/** Transactions that share one commit at most: bounds how long the first of a group waits for its answer. */
const LONGEST_GROUP = 64;
/** How long a transaction tries to begin while other processes hold the lock. */
const PATIENCE_MS = 10_000;
/** Earlier versions can damage a database when two connections write and checkpoint at once (the "WAL-reset bug"). */
const OLDEST_SQLITE = [3, 51, 3] as const;

interface Waiting {
  work(tx: Tx): Promise<unknown>;
  done(value: unknown): void;
  failed(reason: unknown): void;
  /** It may be lost with the power: its caller is answered before the commit, and may join it. */
  readonly losable: boolean;
}

/** The sentence against an SQLite that may damage the database, or null for a safe one. */
export function oldSqliteSentence(version: string): string | null {
  const found = version.split('.').map(Number);
  for (const [place, needed] of OLDEST_SQLITE.entries()) {
    const part = found[place] ?? 0;
    if (part > needed) return null;
    if (part < needed) return `SQLite ${version} can damage a database; ${OLDEST_SQLITE.join('.')} or later is needed: install again.`;
  }
  return null;
}

/** There is one writer, and it answers at once. */
const ALONE: Pick<Tx, 'locking' | 'sending'> = {
  locking: (query) => query,
  sending: awaited,
};

/** Between two tries, in milliseconds. */
const AGAIN_MS = 10;

/**
 * Pages a connection keeps in memory, in KiB; it fills as they are used. With the library's own 2 MiB a letter of some thousand signatures
 * no longer fits, and as its indexes are in the order of hashes, each signature read its pages from the file again.
 */
const CACHE_KIB = 32_768;

/**
 * Of several processes that make one file at the same moment, one changes the journal; SQLite answers the others `busy` at once, whatever
 * the connection's patience is.
 */
function switchToWal(connection: Database.Database, waitMs: number): void {
  for (const end = Date.now() + waitMs; ; ) {
    try {
      connection.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (databaseFault(error) !== 'busy' || Date.now() >= end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

/**
 * Pages of the write-ahead log after which a commit brings them into the file. Neighbouring signatures change many of the same pages, and of
 * those one is brought in; the library's own 1000 are some twenty-five signatures. 16 MiB, more while somebody reads for long.
 */
const LOG_PAGES = 4000;

/** Opens a connection with every safety asserted, since a pragma that is misspelt or compiled out fails silently. */
export function connectSqlite(file: string, mode: 'read' | 'write', waitMs = 10): Database.Database {
  // Waiting for another process's lock happens inside SQLite and stops the event loop: wait briefly, then try again from here.
  const connection = new Database(file, { readonly: mode === 'read', timeout: waitMs });
  const tooOld = oldSqliteSentence(String(connection.prepare('select sqlite_version()').pluck().get()));
  if (tooOld) throw new Error(tooOld);
  if (mode === 'write') switchToWal(connection, waitMs);
  // The library's default is NORMAL on every connection but the one that made the file: acknowledged rows are lost in a power cut.
  connection.pragma('synchronous = FULL');
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  if (mode === 'write') {
    // What a savepoint may have to take back: beyond 64 KiB, which one signature changes, SQLite would write it to a file, page by page.
    connection.pragma('temp_store = MEMORY');
    connection.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  }
  connection.pragma('foreign_keys = ON');
  connection.pragma('secure_delete = ON');
  // So that INSERT OR REPLACE fires the delete triggers that keep frozen rows.
  connection.pragma('recursive_triggers = ON');
  connection.pragma('trusted_schema = OFF');
  const expected: Record<string, unknown> = {
    synchronous: 2,
    foreign_keys: 1,
    secure_delete: 1,
    recursive_triggers: 1,
    cache_size: -CACHE_KIB,
  };
  if (mode === 'write') Object.assign(expected, { journal_mode: 'wal', temp_store: 2, wal_autocheckpoint: LOG_PAGES });
  for (const [name, value] of Object.entries(expected)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) throw new Error(`SQLite pragma ${name} is ${String(found)}, not ${String(value)}`);
  }
  return connection;
}

/** The part of drizzle that writes out values. */
interface Writing {
  buildLimit(limit: number | object | undefined): SQL | undefined;
  escapeParam(place: number, value: unknown): string;
}

/**
 * Where a plan might depend on a value that is bound, SQLite compiles the query anew each time one is: a kept query at every run, any other
 * twice. It asks so of how many rows are wanted, and of a value on its own beside a column. Therefore a number of rows stands in the text,
 * and before what a kept query is given each time stands a plus, which changes nothing but that its plan does not wait for it. All other
 * values are bound as they are: by one of them a partial index is found.
 */
function compiledOnce(handle: BetterSQLite3Database<typeof tables>): BetterSQLite3Database<typeof tables> {
  const { dialect } = handle as unknown as { readonly dialect: Writing };
  const { buildLimit } = dialect;
  if (typeof buildLimit !== 'function' || dialect.escapeParam(0, null) !== '?') throw new Error('drizzle writes out values elsewhere now');
  dialect.buildLimit = (limit) =>
    typeof limit === 'number' ? buildLimit.call(dialect, limit)?.inlineParams() : buildLimit.call(dialect, limit);
  dialect.escapeParam = (_, value) => (is(value, Param) && is(value.value, Placeholder) ? '+?' : '?');
  return handle;
}

/**
 * One writer, one reader. Transactions queue for the writer; those that wait share one commit, each but the first in its own savepoint, so
 * one sync to disk serves them all and a failing one takes back only itself. The file must have been migrated (`migrate.ts`).
 */
export function openSqlite(file: string): Store {
  const writer = connectSqlite(file, 'write');
  const reader = connectSqlite(file, 'read');

  const waiting: Waiting[] = [];
  /** The job whose code is running, as its own asynchronous calls see it. */
  const inside = new AsyncLocalStorage<Waiting>();
  /** The job whose savepoint is open. */
  let running: Waiting | undefined;
  let draining: Promise<void> | undefined;

  // A query made inside a transaction and run after its end would be written in autocommit or into another's savepoint.
  const guard = {
    logQuery() {
      if (!running || inside.getStore() !== running) throw new Error('this transaction has ended');
    },
  };
  const writeHandle = compiledOnce(drizzle(writer, { schema: tables, casing: 'snake_case', logger: guard }));

  async function begin(): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        writer.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (databaseFault(error) !== 'busy' || performance.now() > end) throw error;
        // Briefly at first: a process that commits without a pause leaves the lock free for moments only.
        await sleep(Math.random() * Math.min(40, 2 * attempt));
      }
    }
  }

  /** @param alone nothing that others changed stands in the transaction: it is taken back whole, and needs no savepoint */
  async function runOne(job: Waiting, alone: boolean): Promise<(() => void) | undefined> {
    if (!alone) writer.exec('SAVEPOINT job');
    running = job;
    const { tx, end } = txOver(writeHandle, tables, ALONE);
    try {
      const value = await job.work(tx);
      if (!alone) writer.exec('RELEASE job');
      return () => job.done(value);
    } catch (error) {
      // A full disk ends the whole transaction by itself; then there is no savepoint to go back to.
      if (writer.inTransaction) writer.exec(alone ? 'ROLLBACK' : 'ROLLBACK TO job; RELEASE job');
      job.failed(error);
      return undefined;
    } finally {
      running = undefined;
      end();
    }
  }

  async function runGroup(): Promise<void> {
    const group = waiting.splice(0, LONGEST_GROUP);
    const answers: (() => void)[] = [];
    let changed = false;
    try {
      for (const job of group) {
        if (!changed) await begin();
        const answer = await runOne(job, !changed);
        if (!answer && !changed) continue;
        if (!writer.inTransaction) throw new Error('the database ended the transaction by itself');
        changed = true;
        if (!answer) continue;
        if (!job.losable) {
          answers.push(answer);
          continue;
        }
        answer();
        // What its caller does at once is done once nothing but promises has run: no turn of the loop, so the lock is held no longer for it.
        await new Promise((done) => process.nextTick(done));
        group.push(...waiting.splice(0, LONGEST_GROUP - group.length));
      }
      if (changed) writer.exec('COMMIT');
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
      await runGroup();
    }
    draining = undefined;
  }

  function queue<T>(work: (tx: Tx) => Promise<T>, losable: boolean): Promise<T> {
    if (inside.getStore()) return Promise.reject(new Error('already inside a transaction: pass tx on'));
    // The loop that runs it was started by somebody else's call: give the work its own caller's context back.
    const here = AsyncLocalStorage.snapshot();
    return new Promise<T>((resolve, failed) => {
      const job: Waiting = {
        // Awaited within: `work` may return a drizzle query, and that runs where it is awaited.
        work: (tx) => here(() => inside.run(job, async () => await work(tx))),
        done: (value) => resolve(value as T),
        failed,
        losable,
      };
      waiting.push(job);
      draining ??= drain();
    });
  }

  return {
    dialect: 'sqlite',
    read: readerOver(
      compiledOnce(drizzle(reader, { schema: tables, casing: 'snake_case' })),
      tables,
      () => inside.getStore() !== undefined,
    ),
    inTransaction: (work) => queue(work, false),
    inTransactionBefore: (work) => queue(work, true),
    async emptyLog() {
      // Not between the steps of a transaction: the log cannot be emptied there.
      while (draining) await draining;
      writer.pragma('wal_checkpoint(TRUNCATE)');
    },
    async close() {
      await draining;
      reader.close();
      writer.close();
    },
  };
}
