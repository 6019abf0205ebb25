import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';
import type { BatchRow } from './batches.ts';

/**
 * What a member records in one go is a batch while it is written, piece by piece: its entries have a status of their own, which nobody
 * sees or counts, until one short transaction admits them all. Afterwards the batch is the mark that it was done.
 */
export async function findRecording(db: Reader, letterId: string, id: string): Promise<BatchRow | null> {
  const { batches } = db.tables;
  const [row] = await db
    .select()
    .from(batches)
    .where(and(eq(batches.id, id), eq(batches.letterId, letterId)))
    .limit(1);
  return row ?? null;
}

/** The recording of that id: the one there is, or this as the first. For whoever holds the letter. */
export async function takeRecording(tx: Tx, recording: Tx['tables']['batches']['$inferInsert']): Promise<BatchRow> {
  await tx.insert(tx.tables.batches).values(recording).onConflictDoNothing();
  const found = await findRecording(tx, recording.letterId, recording.id);
  if (!found) throw new Error('a recording is neither there nor can it be begun');
  return found;
}

/** How many rows of it are written; false where another process was at it. */
export async function moveRecording(tx: Tx, id: string, from: number, to: number): Promise<boolean> {
  const { batches } = tx.tables;
  const rows = await tx
    .update(batches)
    .set({ count: to })
    .where(and(eq(batches.id, id), eq(batches.state, 'recording'), eq(batches.count, from)))
    .returning({ id: batches.id });
  return rows.length === 1;
}

/** It is whole: `count` entries stand under the letter by it, `heldCount` of them before a look. */
export async function endRecording(
  tx: Tx,
  id: string,
  counts: { readonly count: number; readonly heldCount: number },
  now: Date,
): Promise<void> {
  const { batches } = tx.tables;
  await tx
    .update(batches)
    .set({ ...counts, state: 'recorded', activatedAt: now })
    .where(eq(batches.id, id));
}

interface OfRecording {
  readonly letterId: string;
  readonly batchId: string;
}

const unseen = ({ tables: { signatures } }: Reader, { letterId, batchId }: OfRecording) =>
  and(eq(signatures.letterId, letterId), sql`status = 'recording'`, eq(signatures.batchId, batchId));

/** Its entries as they wait, in the order they were written. */
export async function listRecorded(db: Reader, of: OfRecording) {
  const { signatures } = db.tables;
  return await db
    .select({
      id: signatures.id,
      signingId: signatures.signingId,
      capacity: signatures.capacity,
      organisationId: signatures.organisationId,
      addressIndex: signatures.addressIndex,
      nameIndex: signatures.nameIndex,
    })
    .from(signatures)
    .where(unseen(db, of))
    .orderBy(asc(signatures.position));
}

type Admission = Pick<Tx['tables']['signatures']['$inferSelect'], 'status'> &
  Partial<Pick<Tx['tables']['signatures']['$inferSelect'], 'authority' | 'flags' | 'listedAt' | 'addendum'>>;

/** Lets an entry out of its recording, or all that are still in it, as what they are from now on. */
export async function admitRecorded(tx: Tx, of: OfRecording, only: string | null, change: Admission): Promise<void> {
  const { signatures } = tx.tables;
  await tx
    .update(signatures)
    .set({ ...change, batchId: null })
    .where(and(unseen(tx, of), only === null ? undefined : eq(signatures.id, only)));
}

/** Deletes what was written of some entries that never came to be. */
export async function deleteRecorded(tx: Tx, rows: readonly { readonly id: string; readonly signingId: string }[]): Promise<void> {
  const { signatures, signings } = tx.tables;
  if (rows.length === 0) return;
  // Consents may go only with their signature, and that is looked at row by row.
  await tx.delete(signatures).where(
    and(
      inArray(
        signatures.id,
        rows.map(({ id }) => id),
      ),
      eq(signatures.status, 'recording'),
    ),
  );
  await tx.delete(signings).where(
    inArray(
      signings.id,
      rows.map(({ signingId }) => signingId),
    ),
  );
}

/** Recordings that were begun before that moment and never came to their end. */
export async function listLeftRecordings(db: Reader, before: Date, limit: number): Promise<readonly BatchRow[]> {
  const { batches } = db.tables;
  return await db
    .select()
    .from(batches)
    .where(and(eq(batches.state, 'recording'), lt(batches.createdAt, before)))
    .orderBy(asc(batches.createdAt), asc(batches.id))
    .limit(limit);
}

/**
 * Deletes some entries of a recording that was left, the last first, so that whoever presses its button again goes on from there; and the
 * recording itself once it has none. How many entries.
 */
export async function deleteLeftRecording(tx: Tx, of: OfRecording, limit: number): Promise<number> {
  const { batches, signatures } = tx.tables;
  const rows = await tx
    .select({ id: signatures.id, signingId: signatures.signingId })
    .from(signatures)
    .where(unseen(tx, of))
    .orderBy(desc(signatures.position))
    .limit(limit);
  await deleteRecorded(tx, rows);
  const isLeft = and(eq(batches.id, of.batchId), eq(batches.state, 'recording'));
  if (rows.length > 0)
    await tx
      .update(batches)
      .set({ count: sql`${batches.count} - ${rows.length}` })
      .where(isLeft);
  else await tx.delete(batches).where(isLeft);
  return rows.length;
}
