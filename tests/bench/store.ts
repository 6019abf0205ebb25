import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '../../db/migrate.ts';
import { databaseFile, openStore } from '../../db/open.ts';
import { connectSqlite } from '../../db/open-sqlite.ts';
import type { Store, Tx } from '../../db/store.ts';

/** Transactions a measurement makes; one row each. */
const TRANSACTIONS = 512;
const WAITING = [1, 8, 32, 128] as const;
const RUNS = 3;

export interface StoreRow {
  /** Transactions that wait at once. */
  readonly waiting: number;
  readonly commitsPerSecond: number;
  /** CPU time of one transaction, in microseconds. */
  readonly cpuMicroseconds: number;
  /** To bare prepared inserts of the same rows, one durable commit each, in the same run; above 1 the store is quicker. */
  readonly ratio: number;
}

const median = (values: readonly number[]) => values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)] ?? Number.NaN;
const row = (id: string) => ({ id, sealed: Buffer.alloc(200, 7), expiresAt: new Date(0) });

interface Measured {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

async function measure(work: () => Promise<void>): Promise<Measured> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const used = process.cpuUsage(cpu);
  return {
    perSecond: (TRANSACTIONS * 1000) / (performance.now() - began),
    cpuMicroseconds: (used.user + used.system) / TRANSACTIONS,
  };
}

/** The yardstick: what the engine alone does, with the same safety. */
async function measureBare(file: string, run: number): Promise<Measured> {
  const connection = connectSqlite(file, 'write');
  const insert = connection.prepare('insert into form_drafts (id, sealed, expires_at) values (?, ?, ?)');
  const measured = await measure(async () => {
    for (let at = 0; at < TRANSACTIONS; at++) {
      const { id, sealed, expiresAt } = row(`bare-${run}-${at}`);
      insert.run(id, sealed, expiresAt.getTime());
    }
  });
  connection.close();
  return measured;
}

async function measureStore(store: Store, waiting: number, run: number): Promise<Measured> {
  const insert = (id: string) => store.inTransaction(async (tx: Tx) => await tx.insert(tx.tables.formDrafts).values(row(id)));
  return await measure(async () => {
    let next = 0;
    // As many lines of requests as wait at once: each asks again as soon as it is answered.
    const line = async () => {
      while (next < TRANSACTIONS) await insert(`store-${waiting}-${run}-${next++}`);
    };
    await Promise.all(Array.from({ length: waiting }, line));
  });
}

/** Commits a second of the store for some numbers of waiting transactions, as ratios to bare better-sqlite3; medians of three runs. */
export async function benchStore(): Promise<readonly StoreRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));
  const location = { dataDir, databaseUrl: null };
  await migrateDatabase(location);
  const store = await openStore(location);
  try {
    const bare: number[] = [];
    const found = new Map<number, Measured[]>(WAITING.map((waiting) => [waiting, []]));
    for (let run = 0; run < RUNS; run++) {
      bare.push((await measureBare(databaseFile(dataDir), run)).perSecond);
      for (const waiting of WAITING) found.get(waiting)?.push(await measureStore(store, waiting, run));
    }
    return WAITING.map((waiting) => {
      const measured = found.get(waiting) ?? [];
      const commitsPerSecond = median(measured.map((each) => each.perSecond));
      return {
        waiting,
        commitsPerSecond: Math.round(commitsPerSecond),
        cpuMicroseconds: Math.round(median(measured.map((each) => each.cpuMicroseconds))),
        ratio: Math.round((commitsPerSecond / median(bare)) * 100) / 100,
      };
    });
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  for (const { waiting, commitsPerSecond, cpuMicroseconds, ratio } of await benchStore()) {
    process.stdout.write(`store, ${waiting} waiting: ${commitsPerSecond} commits/s, ${cpuMicroseconds} µs CPU, ${ratio} × bare inserts\n`);
  }
}
