import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { type Given, insertNewRow, prepared } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';

export type JobRow = Reader['tables']['jobs']['$inferSelect'];

/** Queues a job; false where one of the same key is queued already. */
export async function insertJob(tx: Tx, job: Tx['tables']['jobs']['$inferInsert']): Promise<boolean> {
  return await insertNewRow(tx, 'jobs', job);
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

interface Moment {
  readonly now: Date;
}

const dueAt = ({ tables: { jobs } }: Reader, given: Given<Moment>) => {
  const { claimedUntil, runAt } = jobs;
  return and(
    eq(jobs.state, 'queued'),
    lte(runAt, given('now', runAt)),
    or(isNull(claimedUntil), lte(claimedUntil, given('now', claimedUntil))),
  );
};

const anyDue = prepared((db: Reader, given: Given<Moment>) => {
  const { jobs } = db.tables;
  return db.select({ id: jobs.id }).from(jobs).where(dueAt(db, given)).limit(1);
});

const nextDue = prepared((tx: Tx, given: Given<Moment>) => {
  const { jobs } = tx.tables;
  return tx.select({ id: jobs.id }).from(jobs).where(dueAt(tx, given)).orderBy(asc(jobs.runAt), asc(jobs.id)).limit(1);
});

const claim = prepared((tx: Tx, given: Given<Moment & { readonly id: string; readonly until: Date }>) => {
  const { jobs } = tx.tables;
  return tx
    .update(jobs)
    .set({ claimedUntil: given('until', jobs.claimedUntil), attempts: sql`${jobs.attempts} + 1` })
    .where(and(eq(jobs.id, given('id', jobs.id)), dueAt(tx, given)))
    .returning();
});

/** Whether anything waits to be done: asked every few seconds, so it takes no lock. */
export async function hasDueJob(db: Reader, now: Date): Promise<boolean> {
  return (await anyDue(db, { now })).length > 0;
}

/** Claims the next due job by one guarded statement; null when none is due. */
export async function claimJob(tx: Tx, now: Date, claimedUntil: Date): Promise<JobRow | null> {
  const [next] = await nextDue(tx, { now });
  if (!next) return null;
  const [claimed] = await claim(tx, { id: next.id, until: claimedUntil, now });
  return claimed ?? null;
}

const unended = (tx: Tx, id: string) => and(eq(tx.tables.jobs.id, id), eq(tx.tables.jobs.state, 'queued'));

export async function endJob(tx: Tx, id: string, state: 'done' | 'failed', now: Date, lastError: string | null): Promise<void> {
  await tx.update(tx.tables.jobs).set({ state, claimedUntil: null, endedAt: now, lastError }).where(unended(tx, id));
}

export async function postponeJob(tx: Tx, id: string, runAt: Date, lastError: string): Promise<void> {
  await tx.update(tx.tables.jobs).set({ runAt, claimedUntil: null, lastError }).where(unended(tx, id));
}
