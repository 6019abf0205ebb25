import { z } from 'zod';
import { type UnsealFault, unseal } from '../crypto/seal.ts';
import type { MailMessage } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { mailPlace } from './queue.ts';

const MESSAGE = z.strictObject({
  to: z.string(),
  fromName: z.string(),
  replyTo: z.string().exactOptional(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  stopUrl: z.string().exactOptional(),
}) satisfies z.ZodType<MailMessage>;

export type UnreadableMail = UnsealFault | 'wiped' | 'malformed';

/** Opens a mail of the outbox: the one that is about to be sent, or one that the local mail page shows. */
export function readMail(
  { keys }: Pick<Instance, 'keys'>,
  mail: { readonly id: string; readonly sealed: Uint8Array | null },
): Result<MailMessage, UnreadableMail> {
  if (mail.sealed === null) return refusal('wiped');
  const opened = unseal(keys, mailPlace(mail.id), mail.sealed);
  if (!opened.ok) return opened;
  const message = MESSAGE.safeParse(opened.value);
  return message.success ? success(message.data) : refusal('malformed');
}
