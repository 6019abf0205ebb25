import { z } from 'zod';
import { deleteFormDraftsBefore } from '../../db/queries/form-drafts.ts';
import { deleteSessionsExpiredBefore, deleteSignInTokensBefore } from '../../db/queries/people.ts';
import { deleteCountersBefore } from '../../db/queries/rates.ts';
import { deleteFoundingLinksEnded, deleteJobsEnded, deleteMailsEnded, deleteRateKeysBefore, hasJobSince } from '../../db/queries/tidy.ts';
import type { Store, Tx } from '../../db/store.ts';
import { ENDED_HOURS } from '../auth/session.ts';
import { removeOrphans } from '../blobs/store.ts';
import type { Instance } from '../instance.ts';
import { removeLeftRecordings } from '../signatures/recording.ts';
import type { JobHandler } from './handler.ts';
import { enqueueJob } from './queue.ts';

const DAY_MS = 24 * 3_600_000;
/** Rows a transaction deletes: well under its 50 ms. */
const CHUNK = 200;

/** Days that are kept what has ended. What went wrong stays longer, for whoever asks why. */
const KEPT_DAYS = { doneJobs: 7, failedJobs: 90, sentMails: 30, lostMails: 180, foundingLinks: 30 } as const;

/** A recording takes less than a second: after an hour its process is gone, and so is whoever pressed the button. */
const LEFT_MS = 3_600_000;

const before = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);

async function deleteAll({ inTransaction }: Store, some: (tx: Tx) => Promise<number>): Promise<void> {
  while ((await inTransaction(some)) > 0);
}

/**
 * Deletes what has had its day: ended jobs and mails, used links, sessions that ended longer ago than they are
 * remembered, expired tokens and form drafts, counters of days gone by, files that were never finished or are hidden,
 * entries whose recording broke off. Then empties the database's log file: until then it still holds what was erased.
 */
export const tidy: JobHandler<Readonly<Record<never, never>>> = {
  kind: 'tidy',
  payload: z.strictObject({}),
  async run({ store }, _payload, now) {
    const old = (days: number) => before(now, days);
    await deleteAll(store, (tx) => deleteJobsEnded(tx, 'done', old(KEPT_DAYS.doneJobs), CHUNK));
    await deleteAll(store, (tx) => deleteJobsEnded(tx, 'failed', old(KEPT_DAYS.failedJobs), CHUNK));
    await deleteAll(store, (tx) => deleteMailsEnded(tx, ['sent'], old(KEPT_DAYS.sentMails), CHUNK));
    await deleteAll(store, (tx) => deleteMailsEnded(tx, ['refused', 'failed'], old(KEPT_DAYS.lostMails), CHUNK));
    await deleteAll(store, (tx) => deleteFoundingLinksEnded(tx, old(KEPT_DAYS.foundingLinks), CHUNK));
    await store.inTransaction(async (tx) => {
      await deleteFormDraftsBefore(tx, now);
      await deleteSignInTokensBefore(tx, old(1));
      await deleteSessionsExpiredBefore(tx, old(ENDED_HOURS / 24));
    });
    await store.inTransaction(async (tx) => {
      await deleteRateKeysBefore(tx, now.toISOString().slice(0, 10));
      await deleteCountersBefore(tx, old(1));
    });
    while ((await removeOrphans(store, old(1))) > 0);
    await removeLeftRecordings(store, new Date(now.getTime() - LEFT_MS));
    await store.emptyLog();
  },
};

/** A chore: sees to it that the house is tidied once a day, by whichever process asks first. */
export async function tidyDaily(instance: Instance, now: Date): Promise<void> {
  if (await hasJobSince(instance.store.read, tidy.kind, before(now, 1))) return;
  await instance.store.inTransaction((tx) => enqueueJob(tx, instance, { handler: tidy, payload: {}, key: tidy.kind }, now));
}
