import { claimJob, endJob, postponeJob } from '../../db/queries/jobs.ts';
import type { Instance } from '../instance.ts';
import { describeFailure } from './failure.ts';
import type { AnyJobHandler } from './handler.ts';

export type JobOutcome = 'nothing-due' | 'done' | 'postponed' | 'failed';

const CLAIM_MS = 15 * 60_000;
const MOST_ATTEMPTS = 10;

/**
 * Does the next due job. One that throws is tried again after 10 s, then twice as long each time; after ten attempts, or where this
 * version does not know it, it has failed and stays for `doctor` to show.
 */
export async function runNextJob(instance: Instance, handlers: readonly AnyJobHandler[], clock: () => Date): Promise<JobOutcome> {
  const { store } = instance;
  const claimedAt = clock();
  const job = await store.inTransaction((tx) => claimJob(tx, claimedAt, new Date(claimedAt.getTime() + CLAIM_MS)));
  if (!job) return 'nothing-due';
  const handler = handlers.find((each) => each.kind === job.kind);
  const payload = handler?.payload.safeParse(job.payload);
  if (!handler || !payload?.success) {
    const reason = handler ? 'malformed-payload' : 'unknown-kind';
    await store.inTransaction((tx) => endJob(tx, job.id, 'failed', clock(), reason));
    return 'failed';
  }
  try {
    await handler.run(instance, payload.data, claimedAt);
  } catch (error) {
    const now = clock();
    const failure = describeFailure(error);
    if (job.attempts >= MOST_ATTEMPTS) {
      await store.inTransaction((tx) => endJob(tx, job.id, 'failed', now, failure));
      return 'failed';
    }
    const wait = 10_000 * 2 ** (job.attempts - 1);
    await store.inTransaction((tx) => postponeJob(tx, job.id, new Date(now.getTime() + wait), failure));
    return 'postponed';
  }
  await store.inTransaction((tx) => endJob(tx, job.id, 'done', clock(), null));
  return 'done';
}
