import { insertJob } from '../../db/queries/jobs.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { wakeRunners } from '../shared/wake.ts';
import type { NewJob } from './handler.ts';

/**
 * Queues work in the transaction of the change that asks for it.
 * @returns false where a job of the same key waits already
 */
export async function enqueueJob<Payload>(
  tx: Tx,
  { random }: Pick<Instance, 'random'>,
  { handler, payload, key, runAt }: NewJob<Payload>,
  now: Date,
): Promise<boolean> {
  const queued = await insertJob(tx, {
    id: newId('job', random),
    kind: handler.kind,
    key: key ?? null,
    payload: handler.payload.parse(payload),
    state: 'queued',
    runAt: runAt ?? now,
    createdAt: now,
  });
  wakeRunners();
  return queued;
}
