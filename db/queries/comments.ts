import { and, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

export type CommentRow = Reader['tables']['draftComments']['$inferSelect'];

export async function insertComment(tx: Tx, comment: Tx['tables']['draftComments']['$inferInsert']): Promise<void> {
  await tx.insert(tx.tables.draftComments).values(comment);
}

/** A page of a draft's comments, the newest first, below a row of it. */
export async function listComments(
  db: Reader,
  letterId: string,
  page: { readonly after: Pick<CommentRow, 'createdAt' | 'id'> | null; readonly limit: number },
): Promise<readonly CommentRow[]> {
  const { draftComments: comments } = db.tables;
  const { after } = page;
  const older =
    after === null
      ? undefined
      : or(lt(comments.createdAt, after.createdAt), and(eq(comments.createdAt, after.createdAt), lt(comments.id, after.id)));
  return await db
    .select()
    .from(comments)
    .where(and(eq(comments.letterId, letterId), older))
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(page.limit);
}

/** How many comments a draft has, and how many of them are not settled. */
export async function countComments(db: Reader, letterId: string): Promise<{ readonly all: number; readonly unsettled: number }> {
  const { draftComments: comments } = db.tables;
  const [row] = await db
    .select({ all: sql<number>`count(*)`, unsettled: sql<number>`sum(case when ${comments.settledAt} is null then 1 else 0 end)` })
    .from(comments)
    .where(eq(comments.letterId, letterId));
  return { all: Number(row?.all ?? 0), unsettled: Number(row?.unsettled ?? 0) };
}

/** Settles a comment of this letter, or takes that back; false where it is not there or stands so already. */
export async function markSettled(
  tx: Tx,
  letterId: string,
  id: string,
  settled: { readonly settledAt: Date; readonly settledBy: string } | null,
): Promise<boolean> {
  const { draftComments: comments } = tx.tables;
  const rows = await tx
    .update(comments)
    .set(settled ?? { settledAt: null, settledBy: null })
    .where(
      and(
        eq(comments.id, id),
        eq(comments.letterId, letterId),
        settled === null ? isNotNull(comments.settledAt) : isNull(comments.settledAt),
      ),
    )
    .returning({ id: comments.id });
  return rows.length === 1;
}
