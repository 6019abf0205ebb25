import type { Reader, Tx } from '../store.ts';

const ONLY = 'instance';

/** What only the right keys open; null where none was stored yet. */
export async function findKeyCheck(db: Reader): Promise<Buffer | null> {
  const { instance } = db.tables;
  const [row] = await db.select({ keyCheck: instance.keyCheck }).from(instance).limit(1);
  return row?.keyCheck ?? null;
}

/** Stores the first; one that is there stays. */
export async function insertKeyCheck(tx: Tx, keyCheck: Buffer, now: Date): Promise<void> {
  await tx.insert(tx.tables.instance).values({ id: ONLY, keyCheck, createdAt: now }).onConflictDoNothing();
}
