import { z } from 'zod';
import { type UnsealFault, unseal } from '../crypto/seal.ts';
import { composeMail, isWebAddress, type MailContent } from '../email/compose.ts';
import type { MailMessage } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { mailPlace } from './queue.ts';

const LINK = { label: z.string(), url: z.string().refine(isWebAddress) };
const CONTENT = z.strictObject({
  to: z.string(),
  fromName: z.string(),
  replyTo: z.string().exactOptional(),
  subject: z.string(),
  paragraphs: z.array(z.union([z.string(), z.strictObject({ written: z.string() })])),
  action: z.strictObject(LINK).exactOptional(),
  footer: z.array(z.string()).exactOptional(),
  stop: z.strictObject({ ...LINK, withoutHeader: z.literal(true).exactOptional() }).exactOptional(),
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
}) satisfies z.ZodType<MailContent>;

/** Of mails that were queued, or kept, before the words alone were. */
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
const QUEUED = z.union([CONTENT, MESSAGE]);

export type UnreadableMail = UnsealFault | 'wiped' | 'malformed';

interface Sealed {
  readonly id: string;
  readonly sealed: Uint8Array | null;
}

/** A mail of the outbox as a mail program gets it: the one that is about to be sent, or one that the local mail page shows. */
export function readMail(instance: Pick<Instance, 'keys'>, mail: Sealed): Result<MailMessage, UnreadableMail> {
  const opened = openMail(instance, mail);
  return opened.ok ? success(messageOf(opened.value)) : opened;
}

/** As it stands in the outbox. */
export type QueuedMail = z.output<typeof QUEUED>;

export const messageOf = (queued: QueuedMail): MailMessage => ('html' in queued ? queued : composeMail(queued));

/** Opens a mail of the outbox, and makes nothing of it yet. */
export function openMail({ keys }: Pick<Instance, 'keys'>, mail: Sealed): Result<QueuedMail, UnreadableMail> {
  if (mail.sealed === null) return refusal('wiped');
  const opened = unseal(keys, mailPlace(mail.id), mail.sealed);
  if (!opened.ok) return opened;
  const queued = QUEUED.safeParse(opened.value);
  return queued.success ? success(queued.data) : refusal('malformed');
}
