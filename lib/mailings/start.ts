import { z } from 'zod';
import { insertMailing } from '../../db/queries/mailings.ts';
import type { MailingKind } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { enqueueJob } from '../jobs/queue.ts';
import { newId } from '../shared/ids.ts';

/** The job that fills a mailing into the outbox; `run.ts` does it. */
export const mailingJob = { kind: 'mailing', payload: z.strictObject({ mailingId: z.string() }) } as const;

/**
 * Begins a mail to many, in the transaction of what causes it; its job queues the mails by and by.
 * @param mark one a round: a second start of the same is none
 * @returns false where that round was before
 */
export async function startMailing(
  tx: Tx,
  instance: Pick<Instance, 'random'>,
  of: { readonly letterId: string; readonly kind: MailingKind; readonly mark: string; readonly createdBy: string | null },
  now: Date,
): Promise<boolean> {
  const id = newId('mlg', instance.random);
  if (!(await insertMailing(tx, { id, ...of, createdAt: now }))) return false;
  await enqueueJob(tx, instance, { handler: mailingJob, payload: { mailingId: id }, key: `mailing:${id}` }, now);
  return true;
}
