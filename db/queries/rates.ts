import { and, eq, gt, gte, lt, sql, sum } from 'drizzle-orm';
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

/**
 * Counts one use in a window; false, and nothing counted, where the window is full. One guarded statement: two requests at once
 * cannot both take the last place.
 */
export async function countUse(tx: Tx, key: Buffer, windowStart: Date, most: number): Promise<boolean> {
  const { rateCounters } = tx.tables;
  const rows = await tx
    .insert(rateCounters)
    .values({ key, windowStart, count: 1 })
    .onConflictDoUpdate({
      target: [rateCounters.key, rateCounters.windowStart],
      set: { count: sql`${rateCounters.count} + 1` },
      setWhere: lt(rateCounters.count, most),
    })
    .returning({ count: rateCounters.count });
  return rows.length === 1;
}

/** Takes one use back that was counted in a window whose fellow turned out to be full. */
export async function takeUseBack(tx: Tx, key: Buffer, windowStart: Date): Promise<void> {
  const { rateCounters } = tx.tables;
  await tx
    .update(rateCounters)
    .set({ count: sql`${rateCounters.count} - 1` })
    .where(and(eq(rateCounters.key, key), eq(rateCounters.windowStart, windowStart)));
}

/** When the windows begin that have no room, from that one on. */
export async function listFullWindows(db: Reader, key: Buffer, from: Date, most: number): Promise<readonly Date[]> {
  const { rateCounters } = db.tables;
  const rows = await db
    .select({ windowStart: rateCounters.windowStart })
    .from(rateCounters)
    .where(and(eq(rateCounters.key, key), gte(rateCounters.windowStart, from), gte(rateCounters.count, most)));
  return rows.map(({ windowStart }) => windowStart);
}

/** How often something was used in all windows that began after `since`. */
export async function countUsesSince(db: Reader, key: Buffer, since: Date): Promise<number> {
  const { rateCounters } = db.tables;
  const [row] = await db
    .select({ uses: sum(rateCounters.count) })
    .from(rateCounters)
    .where(and(eq(rateCounters.key, key), gt(rateCounters.windowStart, since)));
  return Number(row?.uses ?? 0);
}

export async function deleteCountersBefore(tx: Tx, windowStart: Date): Promise<void> {
  await tx.delete(tx.tables.rateCounters).where(lt(tx.tables.rateCounters.windowStart, windowStart));
}
