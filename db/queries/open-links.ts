import { and, countDistinct, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';
import type { LetterRow } from './letters.ts';

export type OpenLinkRow = Reader['tables']['openLinks']['$inferSelect'];
type NewOpenLink = Tx['tables']['openLinks']['$inferInsert'];

export async function insertOpenLink(tx: Tx, link: NewOpenLink): Promise<void> {
  await tx.insert(tx.tables.openLinks).values(link);
}

const openLinkBySlug = prepared((db: Reader, given: Given<{ readonly slug: string }>) => {
  const { openLinks, letters } = db.tables;
  const { id, coalitionId, status, deadlineAt, liveVersionId } = letters;
  return db
    .select({ link: openLinks, letter: { id, coalitionId, status, deadlineAt, liveVersionId } })
    .from(openLinks)
    .innerJoin(letters, and(eq(letters.id, openLinks.letterId), isNull(letters.deletedAt)))
    .where(eq(openLinks.slug, given('slug', openLinks.slug)))
    .limit(1);
});

export interface FoundOpenLink {
  readonly link: OpenLinkRow;
  readonly letter: Pick<LetterRow, 'id' | 'coalitionId' | 'status' | 'deadlineAt' | 'liveVersionId'>;
}

/** A link and what decides whether its letter takes signatures. */
export async function findOpenLink(db: Reader, slug: string): Promise<FoundOpenLink | null> {
  const [row] = await openLinkBySlug(db, { slug });
  return row ?? null;
}

/** The newest first. A letter has a handful. */
export async function listOpenLinks(db: Reader, letterId: string): Promise<readonly OpenLinkRow[]> {
  const { openLinks } = db.tables;
  return await db.select().from(openLinks).where(eq(openLinks.letterId, letterId)).orderBy(desc(openLinks.createdAt), desc(openLinks.id));
}

/**
 * How many signings wait for their confirmation, by the link they came by. Asked of the entries that are pending, of which a letter has
 * few, and not of all its signings.
 */
export async function countWaiting(db: Reader, letterId: string): Promise<ReadonlyMap<string, number>> {
  const { signatures, signings } = db.tables;
  const rows = await db
    .select({ link: signings.openLinkId, waiting: countDistinct(signings.id) })
    .from(signatures)
    .innerJoin(signings, eq(signings.id, signatures.signingId))
    .where(and(eq(signatures.letterId, letterId), eq(signatures.status, 'pending'), isNotNull(signings.openLinkId)))
    .groupBy(signings.openLinkId);
  return new Map(rows.map(({ link, waiting }) => [link ?? '', waiting]));
}

/** Ends a link; false where it had ended, or is another letter's. */
export async function closeOpenLinkRow(tx: Tx, letterId: string, id: string, now: Date): Promise<boolean> {
  const { openLinks } = tx.tables;
  const rows = await tx
    .update(openLinks)
    .set({ closedAt: now })
    .where(and(eq(openLinks.id, id), eq(openLinks.letterId, letterId), isNull(openLinks.closedAt)))
    .returning({ id: openLinks.id });
  return rows.length === 1;
}

const oneMoreOnOpenLink = prepared((tx: Tx, given: Given<{ readonly id: string }>) => {
  const { openLinks } = tx.tables;
  return tx
    .update(openLinks)
    .set({ count: sql`${openLinks.count} + 1` })
    .where(and(eq(openLinks.id, given('id', openLinks.id)), or(isNull(openLinks.cap), lt(openLinks.count, openLinks.cap))))
    .returning({ id: openLinks.id });
});

/** Counts one confirmed signing; false where as many as may come have come. */
export async function countOnOpenLink(tx: Tx, id: string): Promise<boolean> {
  return (await oneMoreOnOpenLink(tx, { id })).length === 1;
}
