import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { type Given, insertRow, preparedShape } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';

/** Whose log: a letter's or a coalition's. */
export interface LogScope {
  readonly kind: 'letter' | 'coalition';
  readonly id: string;
}

/** A log stands with the letter or the coalition it is of. */
const ownerOf = (db: Reader, kind: LogScope['kind']) => (kind === 'letter' ? db.tables.letters : db.tables.coalitions);

const nextLogPlace = preparedShape((tx: Tx, given: Given<{ readonly id: string }>, kind: LogScope['kind']) => {
  const owner = ownerOf(tx, kind);
  return tx
    .update(owner)
    .set({ logSize: sql`${owner.logSize} + 1` })
    .where(eq(owner.id, given('id', owner.id)))
    .returning({ size: owner.logSize, frontier: owner.logFrontier });
});

const newFrontier = preparedShape((tx: Tx, given: Given<{ readonly id: string; readonly frontier: Buffer }>, kind: LogScope['kind']) => {
  const owner = ownerOf(tx, kind);
  return tx
    .update(owner)
    .set({ logFrontier: given('frontier', owner.logFrontier) })
    .where(eq(owner.id, given('id', owner.id)));
});

/**
 * Takes the next place of a log and locks the log until the transaction ends, so that its numbers have no gap and no double.
 * @returns the size after, and the frontier before; null where there is no such letter or coalition
 */
export async function takeLogPlace(tx: Tx, scope: LogScope): Promise<{ size: number; frontier: Buffer } | null> {
  const [row] = await nextLogPlace(tx, [scope.kind], { id: scope.id });
  return row ? { size: row.size, frontier: row.frontier ?? Buffer.alloc(0) } : null;
}

export async function storeFrontier(tx: Tx, scope: LogScope, frontier: Buffer): Promise<void> {
  await newFrontier(tx, [scope.kind], { id: scope.id, frontier });
}

/** Size and frontier of a log; null where there is no such letter or coalition. */
export async function findLogState(db: Reader, scope: LogScope): Promise<{ size: number; frontier: Buffer } | null> {
  const { letters, coalitions } = db.tables;
  const [row] =
    scope.kind === 'letter'
      ? await db.select({ size: letters.logSize, frontier: letters.logFrontier }).from(letters).where(eq(letters.id, scope.id))
      : await db.select({ size: coalitions.logSize, frontier: coalitions.logFrontier }).from(coalitions).where(eq(coalitions.id, scope.id));
  return row ? { size: row.size, frontier: row.frontier ?? Buffer.alloc(0) } : null;
}

export async function insertAuditEntry(
  tx: Tx,
  entry: Tx['tables']['auditEntries']['$inferInsert'],
  record: { salt: Buffer; sealed: Buffer },
): Promise<void> {
  await insertRow(tx, 'auditEntries', entry);
  await insertRow(tx, 'auditRecords', { scopeId: entry.scopeId, sequence: entry.sequence, ...record });
}

/** Entries after `after`, oldest first, with their records where those have not been erased. */
export async function listAuditEntries(db: Reader, scopeId: string, after = 0, limit = 200) {
  const { auditEntries, auditRecords } = db.tables;
  return await db
    .select({ entry: auditEntries, salt: auditRecords.salt, sealed: auditRecords.sealed })
    .from(auditEntries)
    .leftJoin(auditRecords, and(eq(auditRecords.scopeId, auditEntries.scopeId), eq(auditRecords.sequence, auditEntries.sequence)))
    .where(and(eq(auditEntries.scopeId, scopeId), gt(auditEntries.sequence, after)))
    .orderBy(asc(auditEntries.sequence))
    .limit(limit);
}

/** Some entries by their places, oldest first, with their records where those have not been erased. */
export async function listAuditEntriesAt(db: Reader, scopeId: string, sequences: readonly number[]) {
  const { auditEntries, auditRecords } = db.tables;
  if (sequences.length === 0) return [];
  return await db
    .select({ entry: auditEntries, sealed: auditRecords.sealed })
    .from(auditEntries)
    .leftJoin(auditRecords, and(eq(auditRecords.scopeId, auditEntries.scopeId), eq(auditRecords.sequence, auditEntries.sequence)))
    .where(and(eq(auditEntries.scopeId, scopeId), inArray(auditEntries.sequence, [...sequences])))
    .orderBy(asc(auditEntries.sequence));
}

/** The entries of a log that these actors wrote, the first of them first; a few hundred at most. */
export async function listAuditEntriesBy(db: Reader, scopeId: string, actorIds: readonly string[], limit = 500) {
  const { auditEntries, auditRecords } = db.tables;
  return await db
    .select({ entry: auditEntries, sealed: auditRecords.sealed })
    .from(auditEntries)
    .leftJoin(auditRecords, and(eq(auditRecords.scopeId, auditEntries.scopeId), eq(auditRecords.sequence, auditEntries.sequence)))
    .where(and(eq(auditEntries.scopeId, scopeId), inArray(auditEntries.actorId, [...actorIds])))
    .orderBy(asc(auditEntries.sequence))
    .limit(limit);
}
