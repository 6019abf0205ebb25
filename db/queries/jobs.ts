import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

export type JobRow = Reader['tables']['jobs']['$inferSelect'];

/** Queues a job; false where one of the same key is queued already. */
export async function insertJob(tx: Tx, job: Tx['tables']['jobs']['$inferInsert']): Promise<boolean> {
  const inserted = await tx.insert(tx.tables.jobs).values(job).onConflictDoNothing().returning({ id: tx.tables.jobs.id });
  return inserted.length > 0;
}

/** Whether a job of that key waits or is being done. */
export async function hasJob(db: Reader, key: string): Promise<boolean> {
  const { jobs } = db.tables;
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.key, key), eq(jobs.state, 'queued')))
    .limit(1);
  return rows.length > 0;
}

const dueAt = ({ tables: { jobs } }: Reader, now: Date) =>
  and(eq(jobs.state, 'queued'), lte(jobs.runAt, now), or(isNull(jobs.claimedUntil), lte(jobs.claimedUntil, now)));

/** Whether anything waits to be done: asked every few seconds, so it takes no lock. */
export async function hasDueJob(db: Reader, now: Date): Promise<boolean> {
  const { jobs } = db.tables;
  return (await db.select({ id: jobs.id }).from(jobs).where(dueAt(db, now)).limit(1)).length > 0;
}

/** Claims the next due job by one guarded statement; null when none is due. */
export async function claimJob(tx: Tx, now: Date, claimedUntil: Date): Promise<JobRow | null> {
  const { jobs } = tx.tables;
  const [next] = await tx.select({ id: jobs.id }).from(jobs).where(dueAt(tx, now)).orderBy(asc(jobs.runAt), asc(jobs.id)).limit(1);
  if (!next) return null;
  const [claimed] = await tx
    .update(jobs)
    .set({ claimedUntil, attempts: sql`${jobs.attempts} + 1` })
    .where(and(eq(jobs.id, next.id), dueAt(tx, now)))
    .returning();
  return claimed ?? null;
}

const unended = (tx: Tx, id: string) => and(eq(tx.tables.jobs.id, id), eq(tx.tables.jobs.state, 'queued'));

export async function endJob(tx: Tx, id: string, state: 'done' | 'failed', now: Date, lastError: string | null): Promise<void> {
  await tx.update(tx.tables.jobs).set({ state, claimedUntil: null, endedAt: now, lastError }).where(unended(tx, id));
}

export async function postponeJob(tx: Tx, id: string, runAt: Date, lastError: string): Promise<void> {
  await tx.update(tx.tables.jobs).set({ runAt, claimedUntil: null, lastError }).where(unended(tx, id));
}
