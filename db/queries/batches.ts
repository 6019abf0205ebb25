import { and, asc, between, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';
import type { LetterRow } from './letters.ts';

export type BatchRow = Reader['tables']['batches']['$inferSelect'];

/** What differs between the signatures of one batch; the rest comes with the batch. */
export interface BatchSignature {
  readonly id: string;
  readonly position: number;
  readonly capacity: 'organisation' | 'personal';
  readonly status: 'listed' | 'held';
  readonly authority: 'authorised' | 'awaiting-decision' | null;
  readonly publication: 'public' | 'addressee' | 'counted';
  readonly organisationId: string | null;
  readonly sealed: Buffer;
  readonly flags: readonly string[];
  readonly signedAt: Date;
  readonly listedAt: Date | null;
}

export async function insertBatch(tx: Tx, batch: Tx['tables']['batches']['$inferInsert']): Promise<void> {
  await tx.insert(tx.tables.batches).values(batch);
}

/**
 * Inserts signatures of one batch and signing, in their order, until all are in or the time is over; one statement at least.
 * @param atOnce rows a statement; where it is one, the statement is built once a call and run once a row
 * @returns how many were inserted
 */
export async function insertBatchSignatures(
  tx: Tx,
  { letterId, signingId, batchId }: { readonly letterId: string; readonly signingId: string; readonly batchId: string },
  rows: readonly BatchSignature[],
  { atOnce, isOver }: { readonly atOnce: number; readonly isOver: () => boolean },
): Promise<number> {
  const of = { letterId, signingId, batchId };
  const insertOne = atOnce === 1 ? preparedInsert(tx, of, rows) : null;
  let inserted = 0;
  while (inserted < rows.length && !(inserted > 0 && isOver())) {
    const some = rows.slice(inserted, inserted + atOnce);
    if (insertOne) for (const row of some) await insertOne(row);
    else await tx.insert(tx.tables.signatures).values(some.map((row) => ({ ...row, ...of, flags: [...row.flags] })));
    inserted += some.length;
  }
  return inserted;
}

function preparedInsert(
  tx: Tx,
  of: { readonly letterId: string; readonly signingId: string; readonly batchId: string },
  rows: readonly BatchSignature[],
): (row: BatchSignature) => Promise<unknown> {
  const given = (name: keyof BatchSignature) => sql.placeholder(name);
  const prepare = (listedAt: null | ReturnType<typeof given>) =>
    tx
      .insert(tx.tables.signatures)
      .values({
        ...of,
        id: given('id'),
        position: given('position'),
        capacity: given('capacity'),
        status: given('status'),
        authority: given('authority'),
        publication: given('publication'),
        organisationId: given('organisationId'),
        sealed: given('sealed'),
        flags: given('flags'),
        signedAt: given('signedAt'),
        listedAt,
      })
      .prepare();
  const listed = prepare(given('listedAt'));
  // An instant given by name can't be null: drizzle would ask the null for its time.
  const held = rows.some((row) => row.listedAt === null) ? prepare(null) : listed;
  return (row) => (row.listedAt === null ? held : listed).execute({ ...row });
}

/** A consent to the authentic text of the version for each signature at these places, as its signing says. One statement. */
export async function insertBatchConsents(
  tx: Tx,
  of: { readonly letterId: string; readonly versionId: string },
  first: number,
  last: number,
): Promise<void> {
  const { signatures, signings, versionTexts, consents } = tx.tables;
  await tx.insert(consents).select(
    tx
      .select({
        signatureId: signatures.id,
        versionId: versionTexts.versionId,
        language: versionTexts.language,
        fingerprint: versionTexts.fingerprint,
        wording: signings.wording,
        givenAt: signings.createdAt,
      })
      .from(signatures)
      .innerJoin(signings, eq(signings.id, signatures.signingId))
      .innerJoin(versionTexts, and(eq(versionTexts.versionId, of.versionId), eq(versionTexts.authentic, true)))
      .where(and(eq(signatures.letterId, of.letterId), between(signatures.position, first, last)))
      // In the order of their own index: neighbours share its pages.
      .orderBy(signatures.id),
  );
}

/** Makes the signatures of a batch count, by one guarded statement; false where it was given up meanwhile. */
export async function activateBatch(
  tx: Tx,
  id: string,
  counts: { readonly count: number; readonly heldCount: number },
  now: Date,
): Promise<boolean> {
  const { batches } = tx.tables;
  const rows = await tx
    .update(batches)
    .set({ state: 'active', activatedAt: now, ...counts })
    .where(and(eq(batches.id, id), eq(batches.state, 'filling')))
    .returning({ id: batches.id });
  return rows.length === 1;
}

/** Gives a batch up that is still being filled; false where it is active: then its signatures stay. */
export async function discardBatch(tx: Tx, id: string): Promise<boolean> {
  const { batches } = tx.tables;
  await tx
    .update(batches)
    .set({ state: 'discarded' })
    .where(and(eq(batches.id, id), eq(batches.state, 'filling')));
  const [row] = await tx.select({ state: batches.state }).from(batches).where(eq(batches.id, id)).limit(1);
  return row?.state === 'discarded';
}

/** Deletes some signatures of a discarded batch, with their consents; returns how many. */
export async function deleteBatchSignatures(
  tx: Tx,
  of: { readonly letterId: string; readonly batchId: string },
  limit: number,
): Promise<number> {
  const { signatures } = tx.tables;
  // By the letter, of which there is an index; by the batch alone every signature of every letter would be looked at.
  const ids = await tx
    .select({ id: signatures.id })
    .from(signatures)
    .where(and(eq(signatures.letterId, of.letterId), eq(signatures.batchId, of.batchId)))
    .limit(limit);
  if (ids.length === 0) return 0;
  await tx.delete(signatures).where(
    inArray(
      signatures.id,
      ids.map((row) => row.id),
    ),
  );
  return ids.length;
}

/** Batches that are being filled, the oldest first: those of a process that ended in the middle stay here until they are discarded. */
export async function listFillingBatches(db: Reader): Promise<readonly BatchRow[]> {
  const { batches } = db.tables;
  return await db.select().from(batches).where(eq(batches.state, 'filling')).orderBy(asc(batches.createdAt), asc(batches.id)).limit(100);
}

/** Shows a letter that was kept off every list while it was filled, with its version and counts. */
export async function publishImportedLetter(
  tx: Tx,
  id: string,
  change: Pick<LetterRow, 'liveVersionId' | 'signatureSequence' | 'organisationCount' | 'personCount'>,
): Promise<boolean> {
  const { letters } = tx.tables;
  const rows = await tx
    .update(letters)
    .set({ ...change, deletedAt: null })
    .where(and(eq(letters.id, id), isNotNull(letters.deletedAt)))
    .returning({ id: letters.id });
  return rows.length === 1;
}

/**
 * Deletes what is left of a discarded batch, and the typed texts of its letter. The letter's row stays, on no list, with its version:
 * a version is never deleted, since nothing then can delete one that was signed.
 */
export async function deleteDiscardedImport(tx: Tx, of: { readonly letterId: string; readonly batchId: string }): Promise<void> {
  const { signings, letterTexts } = tx.tables;
  await tx.delete(signings).where(and(eq(signings.letterId, of.letterId), eq(signings.batchId, of.batchId)));
  await tx.delete(letterTexts).where(eq(letterTexts.letterId, of.letterId));
}

/** The latest active batch of these files in a coalition, with its letter's headline; null where there is none. */
export async function findActiveBatchOfFile(
  db: Reader,
  coalitionId: string,
  fileHash: string,
): Promise<{ readonly letterId: string; readonly createdAt: Date; readonly headline: string } | null> {
  const { batches, letters, letterTexts } = db.tables;
  const [row] = await db
    .select({ letterId: letters.id, createdAt: batches.createdAt, headline: letterTexts.headline })
    .from(letters)
    .innerJoin(batches, eq(batches.letterId, letters.id))
    .innerJoin(letterTexts, and(eq(letterTexts.letterId, letters.id), eq(letterTexts.language, letters.authenticLanguage)))
    .where(
      and(eq(letters.coalitionId, coalitionId), isNull(letters.deletedAt), eq(batches.fileHash, fileHash), eq(batches.state, 'active')),
    )
    .orderBy(desc(batches.createdAt), desc(batches.id))
    .limit(1);
  return row ?? null;
}

/** True for a letter that no import brought, or that somebody was invited to or signed by themself. */
export async function hasLifeBesidesImport(db: Reader, letterId: string): Promise<boolean> {
  const { batches, invitations, signings } = db.tables;
  const [imported] = await db
    .select({ id: batches.id })
    .from(batches)
    .where(and(eq(batches.letterId, letterId), eq(batches.state, 'active')))
    .limit(1);
  const [invited] = await db.select({ id: invitations.id }).from(invitations).where(eq(invitations.letterId, letterId)).limit(1);
  const [signed] = await db
    .select({ id: signings.id })
    .from(signings)
    .where(and(eq(signings.letterId, letterId), isNull(signings.batchId)))
    .limit(1);
  return imported === undefined || invited !== undefined || signed !== undefined;
}

/** Gives up the batches of a letter that is deleted, and no other; their ids, also of those given up before. */
export async function discardReplacedBatch(tx: Tx, letterId: string): Promise<readonly string[]> {
  const { batches, letters } = tx.tables;
  const [deleted] = await tx
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.id, letterId), isNotNull(letters.deletedAt)))
    .limit(1);
  if (!deleted) return [];
  const rows = await tx.update(batches).set({ state: 'discarded' }).where(eq(batches.letterId, letterId)).returning({ id: batches.id });
  return rows.map((row) => row.id);
}
