import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lte, notExists, or, sql } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';

/** The list of such a letter takes nobody in any more. */
const ENDED = ['delivered', 'withdrawn'] as const;

/**
 * Nobody confirmed the signing, and no entry of it stands in a list or may come to stand there by a look alone: what is counted is never
 * taken for it. An entry that was rejected or taken back meanwhile keeps nothing of it from ending. What was signed by an invitation that
 * went from hand to hand is none of it before its letter has ended: a coordinator invited them and may vouch for them until then.
 */
function unconfirmed(db: Reader) {
  const { signings, signatures, letters } = db.tables;
  const ended = db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.id, signings.letterId), inArray(letters.status, [...ENDED])));
  const beyond = db
    .select({ id: signatures.id })
    .from(signatures)
    .where(and(eq(signatures.signingId, signings.id), inArray(signatures.status, ['confirmed', 'held', 'listed'])));
  const forgotten = or(isNull(signings.invitationId), exists(ended));
  return and(sql`${signings.confirmedAt} is null`, eq(signings.proof, 'confirmation'), forgotten, notExists(beyond));
}

/** When a signing ends unless it is confirmed: by its own time, or by its letter's deadline. */
export interface Ends {
  readonly signedBefore: Date;
  readonly deadlineBefore: Date;
}

const endsBy = ({ tables: { signings, letters } }: Reader, { signedBefore, deadlineBefore }: Ends) =>
  or(lte(signings.createdAt, signedBefore), lte(letters.deadlineAt, deadlineBefore));

/** Signings that nobody confirmed in time, of whatever letter, and those by a link from hand to hand whose letter has ended. */
export async function listLapsed(db: Reader, ends: Ends, limit: number) {
  const { signings, letters } = db.tables;
  return await db
    .select({ id: signings.id, letterId: signings.letterId })
    .from(signings)
    .innerJoin(letters, eq(letters.id, signings.letterId))
    .where(and(unconfirmed(db), or(endsBy(db, ends), isNotNull(signings.invitationId))))
    .orderBy(asc(signings.createdAt), asc(signings.id))
    .limit(limit);
}

/** Addresses that have more than `most` acts waiting under a letter, and a newer one than `since`. */
export async function listCrowded(db: Reader, most: number, since: Date, limit: number) {
  const { signings } = db.tables;
  // As a word and not as the column: SQLite would group by the index of addresses, and read everybody who ever signed.
  const letterId = sql<string>`${signings.letterId} || ''`;
  const recent = db
    .select({ letterId: letterId.as('letter'), addressIndex: signings.addressIndex })
    .from(signings)
    .where(and(isNull(signings.confirmedAt), isNotNull(signings.addressIndex), gt(signings.createdAt, since)))
    .groupBy(letterId, signings.addressIndex)
    .as('recent');
  const rows = await db
    .select({ letterId: signings.letterId, addressIndex: signings.addressIndex })
    .from(signings)
    .innerJoin(recent, and(eq(recent.letterId, signings.letterId), eq(recent.addressIndex, signings.addressIndex)))
    .where(unconfirmed(db))
    .groupBy(signings.letterId, signings.addressIndex)
    .having(sql`count(*) > ${most}`)
    .limit(limit);
  return rows.flatMap(({ letterId, addressIndex }) => (addressIndex === null ? [] : [{ letterId, addressIndex }]));
}

const unconfirmedOf = prepared((db: Reader, given: Given<{ readonly letterId: string; readonly addressIndex: Buffer }>) => {
  const { signings } = db.tables;
  const { letterId, addressIndex } = signings;
  return db
    .select({ id: signings.id })
    .from(signings)
    .where(and(eq(letterId, given('letterId', letterId)), eq(addressIndex, given('addressIndex', addressIndex)), unconfirmed(db)))
    .orderBy(asc(signings.createdAt), asc(signings.id));
});

/** The acts of an address that wait to be confirmed, the oldest first. */
export async function listUnconfirmed(db: Reader, letterId: string, addressIndex: Buffer): Promise<readonly string[]> {
  const rows = await unconfirmedOf(db, { letterId, addressIndex });
  return rows.map(({ id }) => id);
}

/** Signings that had fewer than `reminders` mails beside the first, of letters that may still be signed or confirmed. */
export async function listUnreminded(db: Reader, reminders: number, signedBefore: Date, ends: Ends | null, limit: number) {
  const { signings, letters } = db.tables;
  return await db
    .select({ id: signings.id, letterId: signings.letterId })
    .from(signings)
    .innerJoin(letters, eq(letters.id, signings.letterId))
    .where(
      and(
        unconfirmed(db),
        lte(signings.reminded, reminders - 1),
        lte(signings.createdAt, signedBefore),
        ends === null ? undefined : endsBy(db, ends),
        inArray(letters.status, ['open', 'closed']),
        eq(letters.sample, false),
        isNull(letters.deletedAt),
      ),
    )
    .orderBy(asc(signings.createdAt), asc(signings.id))
    .limit(limit);
}

/** Counts a reminder; false where another worker did, or where it was confirmed meanwhile. */
export async function markSigningReminded(tx: Tx, id: string, from: number, to: number): Promise<boolean> {
  const { signings } = tx.tables;
  const rows = await tx
    .update(signings)
    .set({ reminded: to })
    .where(and(eq(signings.id, id), eq(signings.reminded, from), isNull(signings.confirmedAt)))
    .returning({ id: signings.id });
  return rows.length === 1;
}

/** Deletes a signing that was not confirmed, with its entries, consents and links; false where it was, is gone, or has an entry in the list or before a look. */
export async function deleteUnconfirmed(tx: Tx, id: string): Promise<boolean> {
  const { signings, signatures } = tx.tables;
  const [row] = await tx
    .select({ id: signings.id })
    .from(signings)
    .where(and(eq(signings.id, id), unconfirmed(tx)))
    .limit(1);
  if (!row) return false;
  // Consents may go only with their signature, and that is looked at row by row.
  await tx.delete(signatures).where(eq(signatures.signingId, id));
  await tx.delete(signings).where(and(eq(signings.id, id), isNull(signings.confirmedAt)));
  return true;
}

/** Erases what the log keeps of a signing; the log itself stays whole. */
export async function eraseSignedRecords(tx: Tx, letterId: string, signingId: string): Promise<void> {
  const { auditEntries, auditRecords } = tx.tables;
  const entries = await tx
    .select({ sequence: auditEntries.sequence })
    .from(auditEntries)
    .where(and(eq(auditEntries.actorId, signingId), sql`type = 'signed'`, eq(auditEntries.scopeId, letterId)));
  if (entries.length === 0) return;
  await tx.delete(auditRecords).where(
    and(
      eq(auditRecords.scopeId, letterId),
      inArray(
        auditRecords.sequence,
        entries.map(({ sequence }) => sequence),
      ),
    ),
  );
}
