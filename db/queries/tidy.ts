import { and, eq, gt, inArray, isNotNull, lt, or } from 'drizzle-orm';
import type { MailState } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';
import { makesMembers } from './coalitions.ts';

/** Whether a job of that kind waits, or has ended since. */
export async function hasJobSince(db: Reader, kind: string, since: Date): Promise<boolean> {
  const { jobs } = db.tables;
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, kind), or(eq(jobs.state, 'queued'), gt(jobs.endedAt, since))))
    .limit(1);
  return rows.length > 0;
}

/** Deletes some jobs that ended before that instant; how many. */
export async function deleteJobsEnded(tx: Tx, state: 'done' | 'failed', before: Date, limit: number): Promise<number> {
  const { jobs } = tx.tables;
  const some = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.state, state), lt(jobs.endedAt, before)))
    .limit(limit);
  return (await tx.delete(jobs).where(inArray(jobs.id, some)).returning({ id: jobs.id })).length;
}

/** Deletes some mails that ended so before that instant; how many. */
export async function deleteMailsEnded(
  tx: Tx,
  states: readonly Extract<MailState, 'sent' | 'refused' | 'failed'>[],
  before: Date,
  limit: number,
): Promise<number> {
  const { outbox } = tx.tables;
  const some = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(inArray(outbox.state, [...states]), lt(outbox.endedAt, before)))
    .limit(limit);
  return (await tx.delete(outbox).where(inArray(outbox.id, some)).returning({ id: outbox.id })).length;
}

/**
 * Deletes some of the links that make members and have not opened since that instant: used, revoked or expired. Those of signatories
 * stay, since a dead one still leads its owner to a fresh one; how many.
 */
export async function deleteFoundingLinksEnded(tx: Tx, before: Date, limit: number): Promise<number> {
  const { links } = tx.tables;
  const ended = or(
    and(isNotNull(links.usedAt), lt(links.usedAt, before)),
    and(isNotNull(links.revokedAt), lt(links.revokedAt, before)),
    and(isNotNull(links.expiresAt), lt(links.expiresAt, before)),
  );
  const some = tx
    .select({ id: links.id })
    .from(links)
    .where(and(inArray(links.kind, ['set-up', 'member-invitation']), makesMembers(links), ended))
    .limit(limit);
  return (await tx.delete(links).where(inArray(links.id, some)).returning({ id: links.id })).length;
}

/** Deletes the keys that counters of earlier days were counted under. */
export async function deleteRateKeysBefore(tx: Tx, day: string): Promise<void> {
  await tx.delete(tx.tables.rateKeys).where(lt(tx.tables.rateKeys.day, day));
}
