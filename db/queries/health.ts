import { and, asc, count, eq, gt, lt, sql } from 'drizzle-orm';
import type { Reader } from '../store.ts';

/** How many mails wait to go, and since when the one that waits longest. */
export async function countWaitingMails(db: Reader): Promise<{ readonly waiting: number; readonly since: Date | null }> {
  const { outbox } = db.tables;
  const queued = eq(outbox.state, 'queued');
  const [counted] = await db.select({ waiting: count() }).from(outbox).where(queued);
  const [oldest] = await db.select({ createdAt: outbox.createdAt }).from(outbox).where(queued).orderBy(asc(outbox.createdAt)).limit(1);
  return { waiting: counted?.waiting ?? 0, since: oldest?.createdAt ?? null };
}

/** Mails that were given up, or will never be taken, since then. */
export async function countLostMails(db: Reader, since: Date): Promise<{ readonly failed: number; readonly refused: number }> {
  const { outbox } = db.tables;
  const [row] = await db
    .select({
      failed: sql<number>`count(case when ${outbox.state} = 'failed' then 1 end)`.mapWith(Number),
      refused: sql<number>`count(case when ${outbox.state} = 'refused' then 1 end)`.mapWith(Number),
    })
    .from(outbox)
    .where(gt(outbox.endedAt, since));
  return row ?? { failed: 0, refused: 0 };
}

export async function countFailedJobs(db: Reader): Promise<number> {
  const { jobs } = db.tables;
  const [row] = await db.select({ failed: count() }).from(jobs).where(eq(jobs.state, 'failed'));
  return row?.failed ?? 0;
}

/** Batches that were begun before that instant and are not filled yet. */
export async function countFillingBatches(db: Reader, before: Date): Promise<number> {
  const { batches } = db.tables;
  const [row] = await db
    .select({ stuck: count() })
    .from(batches)
    .where(and(eq(batches.state, 'filling'), lt(batches.createdAt, before)));
  return row?.stuck ?? 0;
}
