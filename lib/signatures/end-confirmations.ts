import { listConfirmations, revokeConfirmations, revokeLink } from '../../db/queries/links.ts';
import { dropWaitingMails, endMail, listWaitingMails } from '../../db/queries/outbox.ts';
import type { Tx } from '../../db/store.ts';
import type { EmailAddress } from '../crypto/email-address.ts';
import { parseEmailAddress } from '../crypto/email-address.ts';
import type { Instance } from '../instance.ts';
import { openMail } from '../outbox/read.ts';
import { openAsked } from './asked-address.ts';

const KINDS = ['confirmation', 'confirmation-reminder'] as const;

/**
 * Nothing of a signing is to be confirmed any more, or by one link alone: the others end, with the addresses that stood with them and the
 * mails that have not left.
 * @param except the link that was pressed
 */
export async function endConfirmations(tx: Tx, signingId: string, except: string | null, now: Date): Promise<void> {
  await revokeConfirmations(tx, signingId, except, now);
  await dropWaitingMails(tx, { signingId }, KINDS, now, 'settled');
}

/** The same for one address alone, however often it was asked; whoever gave another one meanwhile may still confirm that. */
export async function endAsked(
  tx: Tx,
  { keys }: Instance,
  { letterId, signingId }: { readonly letterId: string; readonly signingId: string },
  { canonical }: EmailAddress,
  now: Date,
): Promise<void> {
  for (const link of await listConfirmations(tx, signingId)) {
    if (openAsked(keys, letterId, link)?.email.canonical === canonical) await revokeLink(tx, link.id, now);
  }
  for (const row of await listWaitingMails(tx, signingId, KINDS)) {
    const mail = openMail({ keys }, row);
    const to = mail.ok ? parseEmailAddress(mail.value.to) : mail;
    if (to.ok && to.value.canonical === canonical) await endMail(tx, row.id, 'failed', now, 'disowned');
  }
}
