import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as tables from './schema/postgres.ts';
import { readerOver, type Store, type Tables, type Tx, txOver } from './store.ts';

const CONNECTIONS = 10;

type Handle = Parameters<typeof readerOver>[0];
interface Engine extends Handle {
  transaction(body: (handle: Handle) => Promise<unknown>): Promise<unknown>;
}

/** A store over a drizzle handle of PostgreSQL's dialect: a server's pool, or PGlite in the tests. */
export function storeOverPostgres(engine: Engine, close: () => Promise<void>): Store {
  const inside = new AsyncLocalStorage<true>();
  const shared = tables as unknown as Tables;
  return {
    dialect: 'postgres',
    read: readerOver(engine, shared),
    async inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      if (inside.getStore()) throw new Error('already inside a transaction: pass tx on');
      return (await engine.transaction(async (handle) => {
        const { tx, end } = txOver(handle, shared);
        try {
          return await inside.run(true, () => work(tx));
        } finally {
          end();
        }
      })) as T;
    },
    close,
  };
}

/** The database must have been migrated (`migrate.ts`). `synchronous_commit` is set since a server's default may be off. */
export function openPostgres(url: string): Store {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, options: '-c synchronous_commit=on -c timezone=UTC' });
  // An idle connection the server closes must not end the process; the next query opens a new one or fails for itself.
  pool.on('error', () => undefined);
  return storeOverPostgres(drizzle(pool, { schema: tables, casing: 'snake_case' }) as unknown as Engine, () => pool.end());
}
