import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

/** Whose log: a letter's or a coalition's. */
export interface LogScope {
  readonly kind: 'letter' | 'coalition';
  readonly id: string;
}

/**
 * Takes the next place of a log and locks the log until the transaction ends, so that its numbers have no gap and no double.
 * @returns the size after, and the frontier before; null where there is no such letter or coalition
 */
export async function takeLogPlace(tx: Tx, scope: LogScope): Promise<{ size: number; frontier: Buffer } | null> {
  const { letters, coalitions } = tx.tables;
  const rows =
    scope.kind === 'letter'
      ? await tx
          .update(letters)
          .set({ logSize: sql`${letters.logSize} + 1` })
          .where(eq(letters.id, scope.id))
          .returning({ size: letters.logSize, frontier: letters.logFrontier })
      : await tx
          .update(coalitions)
          .set({ logSize: sql`${coalitions.logSize} + 1` })
          .where(eq(coalitions.id, scope.id))
          .returning({ size: coalitions.logSize, frontier: coalitions.logFrontier });
  const [row] = rows;
  return row ? { size: row.size, frontier: row.frontier ?? Buffer.alloc(0) } : null;
}

export async function storeFrontier(tx: Tx, scope: LogScope, frontier: Buffer): Promise<void> {
  const { letters, coalitions } = tx.tables;
  if (scope.kind === 'letter') await tx.update(letters).set({ logFrontier: frontier }).where(eq(letters.id, scope.id));
  else await tx.update(coalitions).set({ logFrontier: frontier }).where(eq(coalitions.id, scope.id));
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
  await tx.insert(tx.tables.auditEntries).values(entry);
  await tx.insert(tx.tables.auditRecords).values({ scopeId: entry.scopeId, sequence: entry.sequence, ...record });
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
