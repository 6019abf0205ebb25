import type { MailMessage } from '../../lib/email/message.ts';
import type { Instance } from '../../lib/instance.ts';
import { invitationMailHooks } from '../../lib/invitations/mail-state.ts';
import { runNextJob } from '../../lib/jobs/run.ts';
import { runMailing } from '../../lib/mailings/run.ts';
import type { MailHooks } from '../../lib/outbox/hooks.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { MailSender, type SendOutcome } from '../../lib/outbox/send.ts';
import type { MailTransport } from '../../lib/outbox/transport.ts';

export interface QueuedMail {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly message: MailMessage;
}

/** The mails that wait or are kept, opened, the oldest first. */
export async function mailsIn(instance: Instance, kind?: string): Promise<readonly QueuedMail[]> {
  const { read } = instance.store;
  const rows = await read.select().from(read.tables.outbox);
  return rows
    .filter((row) => kind === undefined || row.kind === kind)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .flatMap((row) => {
      const mail = readMail(instance, row);
      return mail.ok ? [{ id: row.id, kind: row.kind, state: row.state, message: mail.value }] : [];
    });
}

/** Where a mail leads, by the way it names. */
export const linkIn = ({ message }: Pick<QueuedMail, 'message'>, way: 'i' | 'own' | 'confirm' | 'stop'): string =>
  new RegExp(`/${way}/([a-z]{2}_[\\w-]{43})`).exec(message.text)?.[1] ?? '';

/** Sends the next mail that is due, or keeps it; `nothing-due` where there is none. */
export async function sendNextMail(
  instance: Instance,
  transport: MailTransport | null,
  clock: () => Date,
  hooks: MailHooks = {},
): Promise<SendOutcome | 'nothing-due'> {
  const { outcomes } = await new MailSender(instance, { transport, clock, hooks }).sendDue({ most: 1 });
  return outcomes[0] ?? 'nothing-due';
}

/** Lets every mail that is due go, to the local mail page. */
export async function keepMails(instance: Instance, now: Date): Promise<readonly SendOutcome[]> {
  const outcomes: SendOutcome[] = [];
  for (;;) {
    const outcome = await sendNextMail(instance, null, () => now, invitationMailHooks);
    if (outcome === 'nothing-due') return outcomes;
    outcomes.push(outcome);
  }
}

/** Does the mailings that are due. */
export async function runMailings(instance: Instance, now: Date): Promise<void> {
  while ((await runNextJob(instance, [runMailing], () => now)) !== 'nothing-due');
}
