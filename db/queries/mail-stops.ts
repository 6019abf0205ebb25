import { and, eq, inArray } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

/** False where the address had asked before. */
export async function insertMailStop(tx: Tx, stop: Tx['tables']['mailStops']['$inferInsert']): Promise<boolean> {
  const { mailStops } = tx.tables;
  return (await tx.insert(mailStops).values(stop).onConflictDoNothing().returning({ at: mailStops.at })).length === 1;
}

/** False where there was none. */
export async function deleteMailStop(tx: Tx, letterId: string, addressIndex: Buffer): Promise<boolean> {
  const { mailStops } = tx.tables;
  const rows = await tx
    .delete(mailStops)
    .where(and(eq(mailStops.letterId, letterId), eq(mailStops.addressIndex, addressIndex)))
    .returning({ at: mailStops.at });
  return rows.length === 1;
}

/** Which of these addresses want no more mails of the letter, as hexadecimal digits. */
export async function listStopped(db: Reader, letterId: string, addresses: readonly (Buffer | null)[]): Promise<ReadonlySet<string>> {
  const { mailStops } = db.tables;
  const known = addresses.filter((address) => address !== null);
  if (known.length === 0) return new Set();
  const rows = await db
    .select({ addressIndex: mailStops.addressIndex })
    .from(mailStops)
    .where(and(eq(mailStops.letterId, letterId), inArray(mailStops.addressIndex, known)));
  return new Set(rows.map((row) => row.addressIndex.toString('hex')));
}

export async function isStopped(db: Reader, letterId: string, address: Buffer | null): Promise<boolean> {
  return (await listStopped(db, letterId, [address])).size > 0;
}

/** The signings given with an address. */
export async function listSigningsFrom(db: Reader, letterId: string, addressIndex: Buffer): Promise<readonly string[]> {
  const { signings } = db.tables;
  const rows = await db
    .select({ id: signings.id })
    .from(signings)
    .where(and(eq(signings.letterId, letterId), eq(signings.addressIndex, addressIndex)));
  return rows.map(({ id }) => id);
}
