import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type * as tables from './schema/sqlite.ts';

export type Tables = typeof tables;
type Full = BetterSQLite3Database<Tables>;

/** Reads only, and sees only what has been committed. Every query function's first argument is a Reader or a Tx. */
export type Reader = Pick<Full, 'select' | 'selectDistinct' | 'with' | '$with'> & { readonly tables: Tables };

declare const insideTransaction: unique symbol;

/** Reads and writes, for as long as its transaction lasts; using it afterwards throws. */
export type Tx = Reader &
  Pick<Full, 'insert' | 'update' | 'delete'> & {
    readonly [insideTransaction]: true;
    /** Has a query lock the rows of one of its tables until the transaction ends; where there is one writer nobody else can change them. */
    readonly locking: Locking;
    /**
     * For a write on whose result nothing later depends: to a server it is on its way when this answers, and several of them share one journey.
     * Whatever comes later sees it; where it fails, or what is made of its result does, the transaction is taken back and throws for its sake.
     */
    readonly sending: Sending;
  };

export type Sending = (write: Promise<unknown>) => Promise<void>;

/** Where no journey is shared. */
export const awaited: Sending = async (write) => {
  await write;
};

/** Asks for the lock that a change of the row takes: rows that refer to it may still come. */
export type Locking = <Query>(query: Query, of: Tables[keyof Tables]) => Query;

export type Dialect = 'sqlite' | 'postgres';

export interface Store {
  readonly dialect: Dialect;
  /**
   * For use outside transactions; inside one it throws. There a read through another connection would miss the transaction's own
   * writes, and on a server wait for a connection that the waiting transactions themselves hold.
   */
  readonly read: Reader;
  /**
   * Runs `work` whole or not at all, and answers only once it is on disk. `work` awaits database calls and nothing else: one slow
   * await would hold every writer up. Does not nest: pass `tx` on. A constraint that must not throw is caught by
   * `onConflictDoNothing().returning()`, never by try/catch: on PostgreSQL the transaction is dead after an error.
   */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same for what may be lost with the power, as a counter of tries: where there is one writer it answers before it is on disk, and
   * what its caller changes next shares the commit. Never for what anybody is told. Where the disk is full it counts nothing, while the change
   * that follows is refused.
   */
  inTransactionBefore<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Empties the write-ahead log of an embedded database: pages as they were before an erasure stand in it until then. Left for the next
   * time where another process is reading. A server sees to its own.
   */
  emptyLog(): Promise<void>;
  close(): Promise<void>;
}

interface Methods {
  select: unknown;
  selectDistinct: unknown;
  with: unknown;
  $with: unknown;
}

type Callable = (...values: unknown[]) => unknown;

const READS = ['select', 'selectDistinct', 'with', '$with'] as const;
const WRITES = ['insert', 'update', 'delete'] as const;

/**
 * The narrow face of a drizzle handle: the only place where one engine's type is cast to the shared one.
 * @param isInside whether the caller runs in a transaction of the same store
 */
export function readerOver(handle: Methods, tables: Tables, isInside: () => boolean): Reader {
  const guard = () => {
    if (isInside()) throw new Error('inside a transaction: read through its tx');
  };
  return face(handle, tables, READS, guard) as unknown as Reader;
}

/** A transaction's face and the switch that ends it: a kept `tx` must not write in autocommit after the commit. */
export function txOver(
  handle: Methods,
  tables: Tables,
  { locking, sending: send }: Pick<Tx, 'locking' | 'sending'>,
): { tx: Tx; end: () => void } {
  let ended = false;
  const guard = () => {
    if (ended) throw new Error('this transaction has ended');
  };
  // Nobody looks any more at what is sent off after the end.
  const sending: Sending = (write) => (ended ? awaited(write) : send(write));
  const tx = Object.assign(face(handle, tables, [...READS, ...WRITES], guard), { locking, sending }) as unknown as Tx;
  return {
    tx,
    end: () => {
      ended = true;
    },
  };
}

/** By what builds them and in which shape (`prepared.ts`). */
type KeptQueries = Map<object, Map<string, unknown>>;

/** The queries that were built for a handle. */
const queries = new WeakMap<object, KeptQueries>();
/** What a face has them under. A built server has several copies of this module: a face that one makes is used through another. */
export const kept = Symbol.for('undersigned.kept-queries');

/**
 * The queries kept for the connection behind a face.
 * @throws as every use of the face does where it may not be used now
 */
export const queriesOf = (db: Reader): KeptQueries => (db as unknown as { [kept](): KeptQueries })[kept]();

function queriesOfHandle(handle: object): KeptQueries {
  const found = queries.get(handle) ?? new Map<object, Map<string, unknown>>();
  queries.set(handle, found);
  return found;
}

function face(handle: Methods, tables: Tables, names: readonly string[], guard: () => void): Record<string | symbol, unknown> {
  const methods = handle as unknown as Record<string, Callable>;
  const result: Record<string | symbol, unknown> = { tables };
  result[kept] = () => {
    guard();
    return queriesOfHandle(handle);
  };
  for (const name of names) {
    const method = methods[name] as Callable;
    result[name] = (...values: unknown[]) => {
      guard();
      return method.apply(handle, values);
    };
  }
  return result;
}
