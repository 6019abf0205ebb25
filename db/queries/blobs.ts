import { and, asc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

type NewBlob = Tx['tables']['blobs']['$inferInsert'];

export async function insertBlob(tx: Tx, blob: NewBlob): Promise<void> {
  await tx.insert(tx.tables.blobs).values(blob);
}

export async function insertBlobChunk(tx: Tx, blobId: string, number: number, bytes: Buffer): Promise<void> {
  await tx.insert(tx.tables.blobChunks).values({ blobId, number, bytes });
}

/** Makes a written file visible; false where it has been cleaned away meanwhile, or is visible already. */
export async function markBlobActive(tx: Tx, id: string, written: { size: number; sha256: string }, now: Date): Promise<boolean> {
  const { blobs } = tx.tables;
  const marked = await tx
    .update(blobs)
    .set({ ...written, activatedAt: now })
    .where(and(eq(blobs.id, id), isNull(blobs.activatedAt)))
    .returning({ id: blobs.id });
  return marked.length === 1;
}

/** Hides a file at once; its bytes are removed after, piece by piece. */
export async function markBlobInactive(tx: Tx, id: string): Promise<void> {
  const { blobs } = tx.tables;
  await tx.update(blobs).set({ activatedAt: null }).where(eq(blobs.id, id));
}

/** An active file, without its bytes. */
export async function findBlob(db: Reader, id: string) {
  const { blobs } = db.tables;
  const [row] = await db
    .select()
    .from(blobs)
    .where(and(eq(blobs.id, id), isNotNull(blobs.activatedAt)));
  return row ?? null;
}

export async function findBlobChunk(db: Reader, blobId: string, number: number): Promise<Buffer | null> {
  const { blobChunks } = db.tables;
  const [row] = await db
    .select({ bytes: blobChunks.bytes })
    .from(blobChunks)
    .where(and(eq(blobChunks.blobId, blobId), eq(blobChunks.number, number)));
  return row?.bytes ?? null;
}

/** Ids of inactive files made before that instant. */
export async function listInactiveBlobs(db: Reader, before: Date, limit = 100): Promise<readonly string[]> {
  const { blobs } = db.tables;
  const rows = await db
    .select({ id: blobs.id })
    .from(blobs)
    .where(and(isNull(blobs.activatedAt), lt(blobs.createdAt, before)))
    .orderBy(asc(blobs.createdAt), asc(blobs.id))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Deletes some chunks of a file; the number deleted. */
export async function deleteBlobChunks(tx: Tx, blobId: string, limit: number): Promise<number> {
  const { blobChunks } = tx.tables;
  const some = tx.select({ number: blobChunks.number }).from(blobChunks).where(eq(blobChunks.blobId, blobId)).limit(limit);
  const deleted = await tx
    .delete(blobChunks)
    .where(and(eq(blobChunks.blobId, blobId), inArray(blobChunks.number, some)))
    .returning({ number: blobChunks.number });
  return deleted.length;
}

export async function deleteBlob(tx: Tx, id: string): Promise<void> {
  const { blobs } = tx.tables;
  await tx.delete(blobs).where(and(eq(blobs.id, id), isNull(blobs.activatedAt)));
}
