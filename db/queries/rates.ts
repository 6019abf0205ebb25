import { and, eq, gt, gte, lt, sql, sum } from 'drizzle-orm';
import { type Given, prepared, preparedShape } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';

export async function findRateKey(db: Reader, day: string): Promise<Buffer | null> {
  const { rateKeys } = db.tables;
  const [row] = await db.select().from(rateKeys).where(eq(rateKeys.day, day)).limit(1);
  return row?.sealed ?? null;
}

/** Keeps the first key offered for a day, and forgets those of earlier days. */
export async function offerRateKey(tx: Tx, day: string, sealed: Buffer): Promise<void> {
  const { rateKeys } = tx.tables;
  await tx.insert(rateKeys).values({ day, sealed }).onConflictDoNothing();
  await tx.delete(rateKeys).where(lt(rateKeys.day, day));
}

/** A window of one counter, and how many uses it takes. */
export interface CountedWindow {
  readonly key: Buffer;
  readonly start: Date;
  readonly most: number;
}

const oneMoreUse = preparedShape((tx: Tx, given: Given<Readonly<Record<string, unknown>>>, size: number) => {
  const { rateCounters } = tx.tables;
  const { key, windowStart, count } = rateCounters;
  const windows = Array.from({ length: size }, (_, at) => ({
    row: { key: given(`key${at}`, key), windowStart: given(`start${at}`, windowStart), count: given('first', count) },
    hasRoom: sql`(${key} = ${given(`key${at}`, key)} and ${count} < ${given(`most${at}`, count)})`,
  }));
  const hasRoom = windows.map((window) => window.hasRoom);
  return tx
    .insert(rateCounters)
    .values(windows.map(({ row }) => row))
    .onConflictDoUpdate({ target: [key, windowStart], set: { count: sql`${count} + 1` }, setWhere: sql.join(hasRoom, sql` or `) })
    .returning({ key });
});

/**
 * Counts one use in each window that is not full. One guarded statement: two requests at once cannot both take the last place. How many
 * windows there are is a word of the code, since a query is kept for each number.
 * @returns of each whether it had room, and counted the use
 * @throws where two keys are the same: no statement changes one row twice
 */
export async function countUse(tx: Tx, windows: readonly CountedWindow[]): Promise<readonly boolean[]> {
  const keys = new Set(windows.map(({ key }) => key.toString('base64')));
  // SQLite would count it once and say twice that there was room.
  if (keys.size < windows.length) throw new Error('two uses of one window in one statement');
  const values = windows.flatMap(({ key, start, most }, at) =>
    Object.entries({ [`key${at}`]: key, [`start${at}`]: start, [`most${at}`]: most }),
  );
  const counted = await oneMoreUse(tx, [windows.length], { first: 1, ...Object.fromEntries(values) });
  return windows.map((window) => counted.some(({ key }) => key.equals(window.key)));
}

const moreUses = prepared(
  (tx: Tx, given: Given<{ readonly key: Buffer; readonly windowStart: Date; readonly first: number; readonly more: number }>) => {
    const { rateCounters } = tx.tables;
    const { key, windowStart, count } = rateCounters;
    return tx
      .insert(rateCounters)
      .values({ key: given('key', key), windowStart: given('windowStart', windowStart), count: given('first', count) })
      .onConflictDoUpdate({ target: [key, windowStart], set: { count: sql`${count} + ${given('more', count)}` } });
  },
);

/** Counts several uses in a window, whatever it holds: who counts first holds it until the commit. */
export async function countUses(tx: Tx, key: Buffer, windowStart: Date, uses: number): Promise<void> {
  await moreUses(tx, { key, windowStart, first: uses, more: uses });
}

const fewerUses = prepared((tx: Tx, given: Given<{ readonly key: Buffer; readonly windowStart: Date; readonly fewer: number }>) => {
  const { rateCounters } = tx.tables;
  const { key, windowStart, count } = rateCounters;
  return tx
    .update(rateCounters)
    .set({ count: sql`${count} - ${given('fewer', count)}` })
    .where(and(eq(key, given('key', key)), eq(windowStart, given('windowStart', windowStart))));
});

/** Takes uses back that were counted: where another window turned out to be full, or for what was not done. */
export async function takeUseBack(tx: Tx, key: Buffer, windowStart: Date, uses = 1): Promise<void> {
  await fewerUses(tx, { key, windowStart, fewer: uses });
}

const fullWindows = prepared((db: Reader, given: Given<{ readonly key: Buffer; readonly from: Date; readonly most: number }>) => {
  const { rateCounters } = db.tables;
  const { key, windowStart, count } = rateCounters;
  return db
    .select({ windowStart })
    .from(rateCounters)
    .where(and(eq(key, given('key', key)), gte(windowStart, given('from', windowStart)), gte(count, given('most', count))));
});

/** When the windows begin that have no room, from that one on. */
export async function listFullWindows(db: Reader, key: Buffer, from: Date, most: number): Promise<readonly Date[]> {
  const rows = await fullWindows(db, { key, from, most });
  return rows.map(({ windowStart }) => windowStart);
}

const usesSince = prepared((db: Reader, given: Given<{ readonly key: Buffer; readonly since: Date }>) => {
  const { key, windowStart, count } = db.tables.rateCounters;
  return db
    .select({ uses: sum(count) })
    .from(db.tables.rateCounters)
    .where(and(eq(key, given('key', key)), gt(windowStart, given('since', windowStart))));
});

/** How often something was used in all windows that began after `since`. */
export async function countUsesSince(db: Reader, key: Buffer, since: Date): Promise<number> {
  const [row] = await usesSince(db, { key, since });
  return Number(row?.uses ?? 0);
}

export async function deleteCountersBefore(tx: Tx, windowStart: Date): Promise<void> {
  await tx.delete(tx.tables.rateCounters).where(lt(tx.tables.rateCounters.windowStart, windowStart));
}
