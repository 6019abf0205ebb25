import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as tables from './schema/postgres.ts';
import { type Locking, readerOver, type Sending, type Store, type Tables, type Tx, txOver } from './store.ts';

const CONNECTIONS = 10;

/** A select as this dialect builds it. */
interface Lockable {
  for(strength: 'no key update', config: { readonly of: object }): unknown;
}

const locking: Locking = (query, of) => (query as unknown as Lockable).for('no key update', { of }) as typeof query;

type Handle = Parameters<typeof readerOver>[0];
interface Engine {
  /** A drizzle handle. */
  readonly reads: Handle;
  /**
   * Commits what `body` did through its handle, or takes it back where `body` throws, or one of the writes that it sent off with `sending`.
   */
  transaction(body: (handle: Handle, sending: Sending) => Promise<unknown>): Promise<unknown>;
}

/** A store over PostgreSQL's dialect: a server's pool, or PGlite in the tests. */
export function storeOverPostgres(engine: Engine, close: () => Promise<void>, inside = new AsyncLocalStorage<object>()): Store {
  const shared = tables as unknown as Tables;
  async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (inside.getStore()) throw new Error('already inside a transaction: pass tx on');
    return (await engine.transaction(async (handle, sending) => {
      const { tx, end } = txOver(handle, shared, { locking, sending });
      try {
        // Awaited within: `work` may return a drizzle query, and that runs where it is awaited.
        return await inside.run(handle, async () => await work(tx));
      } finally {
        end();
      }
    })) as T;
  }

  return {
    dialect: 'postgres',
    read: readerOver(engine.reads, shared, () => inside.getStore() !== undefined),
    inTransaction,
    // Two transactions of two connections cannot share a commit.
    inTransactionBefore: inTransaction,
    emptyLog: async () => undefined,
    close,
  };
}

/** The database must have been migrated (`migrate.ts`). `synchronous_commit` is set since a server's default may be off. */
export function openPostgres(url: string): Store {
  // Pipelined: what is asked before the last answer has come goes out at once, and is answered in order.
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    pipeline: true,
    options: '-c synchronous_commit=on -c timezone=UTC',
  });
  // An idle connection the server closes must not end the process; the next query opens a new one or fails for itself.
  pool.on('error', () => undefined);
  const inside = new AsyncLocalStorage<object>();
  const reads = drizzle(pool, { schema: tables, casing: 'snake_case' });
  return storeOverPostgres({ reads, transaction: transactionsOf(pool, inside) }, () => pool.end(), inside);
}

/** Transactions of our own instead of drizzle's: those take a commit the server answered with a rollback for a success. */
function transactionsOf(pool: pg.Pool, inside: AsyncLocalStorage<object>): Engine['transaction'] {
  const handles = new WeakMap<pg.PoolClient, { handle: Handle; busy: boolean }>();

  function seatOf(client: pg.PoolClient) {
    const known = handles.get(client);
    if (known) return known;
    // A query made inside a transaction and run after its end would be written in autocommit or into another's transaction.
    const guard = {
      logQuery() {
        if (!seat.busy || inside.getStore() !== seat.handle) throw new Error('this transaction has ended');
      },
    };
    // The queries of a connection that is lost fail by themselves; the pool listens only while it is not lent out.
    client.on('error', () => undefined);
    const seat = { handle: drizzle(client, { schema: tables, casing: 'snake_case', logger: guard }) as unknown as Handle, busy: false };
    handles.set(client, seat);
    return seat;
  }

  return async (body) => {
    const client = await pool.connect();
    const seat = seatOf(client);
    let lost: Error | undefined;
    try {
      await client.query('begin');
      seat.busy = true;
      const sent: Promise<unknown>[] = [];
      const value = await body(seat.handle, async (write) => {
        sent.push(write);
        // Looked at below; until then a failure is nobody's.
        write.catch(() => undefined);
      }).catch(async (error: unknown) => {
        // After a write that failed every statement does, for its sake: the first one says why.
        await Promise.all(sent);
        throw error;
      });
      // Before the commit, which would take a write for done that failed on this side of the wire.
      await Promise.all(sent);
      seat.busy = false;
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('a failed statement was caught inside the transaction: nothing was written');
      return value;
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        lost = failed;
      });
      throw error;
    } finally {
      seat.busy = false;
      client.release(lost); // with an error the connection is closed, not lent again
    }
  };
}
