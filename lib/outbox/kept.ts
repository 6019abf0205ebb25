import { findKeptMail, listKeptMails } from '../../db/queries/outbox.ts';
import type { MailMessage } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { isId } from '../shared/ids.ts';
import { readMail } from './read.ts';

export interface KeptMail {
  readonly id: string;
  readonly at: Date;
  readonly message: MailMessage;
}

/** The mails an instance without a mail server keeps, newest first, opened. For whoever may read everybody's live links, and nobody else. */
export async function viewKeptMails(instance: Instance): Promise<readonly KeptMail[]> {
  const rows = await listKeptMails(instance.store.read);
  return rows.flatMap((row) => {
    const read = readMail(instance, row);
    return read.ok ? [{ id: row.id, at: row.createdAt, message: read.value }] : [];
  });
}

export async function viewKeptMail(instance: Instance, id: string): Promise<KeptMail | null> {
  const row = isId('out', id) ? await findKeptMail(instance.store.read, id) : null;
  const read = row && readMail(instance, row);
  return row && read?.ok ? { id: row.id, at: row.createdAt, message: read.value } : null;
}
