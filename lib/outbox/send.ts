import { findLetterById } from '../../db/queries/letters.ts';
import { claimMail, endMail, keepMail, postponeMail } from '../../db/queries/outbox.ts';
import type { Tx } from '../../db/store.ts';
import type { MailMessage } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { givePaceBack, takePace } from './pace.ts';
import { readMail, type UnreadableMail } from './read.ts';
import { isTooLate, judgeFault, retryAt } from './retry.ts';
import type { MailTransport } from './transport.ts';

/** A mail as others may know it: what it belongs to, without its content. */
export interface MailRow {
  readonly id: string;
  readonly kind: string;
  readonly coalitionId: string | null;
  readonly letterId: string | null;
  readonly invitationId: string | null;
  readonly signingId: string | null;
}

/** What else changes with a mail's end; runs inside the transaction that marks it, so that neither can be without the other. */
export interface MailHooks {
  /** False for a mail that waited so long that it says what is no longer so; asked before it leaves, outside any transaction. */
  isWanted?(instance: Instance, mail: MailRow, now: Date): Promise<boolean>;
  onSent?(tx: Tx, instance: Instance, mail: MailRow, now: Date): Promise<void>;
  /** The receiving side will not have it: the address is wrong, or the mailbox closed. */
  onRefused?(tx: Tx, instance: Instance, mail: MailRow, now: Date): Promise<void>;
}

export type SendOutcome = 'nothing-due' | 'sent' | 'kept' | 'refused' | 'postponed' | 'failed';

/** Longer than the longest attempt: a claim that ends while its mail is still on its way would send it twice. */
const CLAIM_MS = 5 * 60_000;

/** Asked for by the very person who gets them, or by nobody; an invitation is a person's own act, and an absence notice tells them something. */
const isAutomatic = (kind: string) => !['invitation', 'member-invitation', 'test'].includes(kind);

/**
 * Sends the next due mail, or keeps it for the local mail page where there is no transport. The claim is committed before the mail
 * leaves and its end after, so a crash in between sends one mail a second time and loses none.
 */
export async function sendNextMail(
  instance: Instance,
  transport: MailTransport | null,
  clock: () => Date,
  hooks: MailHooks = {},
): Promise<SendOutcome> {
  const { store } = instance;
  // What is only kept leaves nobody's pace.
  const perHour = transport === null ? null : instance.config.mailPerHour;
  const claimedAt = clock();
  const mail = await store.inTransaction(async (tx) => {
    const last = await takePace(tx, perHour, claimedAt);
    if (last === null) return null;
    const claimed = await claimMail(tx, claimedAt, new Date(claimedAt.getTime() + CLAIM_MS), last);
    if (!claimed) await givePaceBack(tx, perHour, claimedAt);
    return claimed;
  });
  if (!mail) return 'nothing-due';

  const fail = async (reason: UnreadableMail | 'sample-letter' | 'too-late' | 'not-wanted') => {
    await store.inTransaction(async (tx) => {
      await endMail(tx, mail.id, 'failed', clock(), reason);
      await givePaceBack(tx, perHour, claimedAt);
    });
    return 'failed' as const;
  };
  // Commands queue nothing for the sample letter; should one forget, its invented addresses still get no mail.
  if (mail.letterId && (await findLetterById(store.read, mail.letterId))?.sample) return await fail('sample-letter');
  if (!((await hooks.isWanted?.(instance, mail, claimedAt)) ?? true)) return await fail('not-wanted');
  const message = readMail(instance, mail);
  if (!message.ok) return await fail(message.reason);
  if (transport === null) {
    await store.inTransaction(async (tx) => {
      await keepMail(tx, mail.id, clock());
      await hooks.onSent?.(tx, instance, mail, clock());
    });
    return 'kept';
  }
  if (isTooLate(mail.kind, mail.attempts, claimedAt.getTime() - mail.createdAt.getTime())) return await fail('too-late');
  return await attempt(instance, transport, clock, hooks, { mail, message: message.value, claimedAt, perHour });
}

interface Claimed {
  readonly mail: MailRow & { readonly attempts: number };
  readonly message: MailMessage;
  readonly claimedAt: Date;
  readonly perHour: number | null;
}

async function attempt(
  instance: Instance,
  transport: MailTransport,
  clock: () => Date,
  hooks: MailHooks,
  { mail, message, claimedAt, perHour }: Claimed,
): Promise<SendOutcome> {
  const { store } = instance;
  try {
    await transport.send(message, { id: mail.id, automatic: isAutomatic(mail.kind) });
  } catch (error) {
    const { verdict, code } = judgeFault(error);
    const now = clock();
    if (verdict === 'later') {
      const chance = instance.random(4).readUInt32BE() / 2 ** 32;
      await store.inTransaction(async (tx) => {
        await postponeMail(tx, mail.id, retryAt(mail.attempts, now, chance), code);
        await givePaceBack(tx, perHour, claimedAt);
      });
      return 'postponed';
    }
    await store.inTransaction(async (tx) => {
      await endMail(tx, mail.id, 'refused', now, code);
      await hooks.onRefused?.(tx, instance, mail, now);
    });
    return 'refused';
  }
  await store.inTransaction(async (tx) => {
    const now = clock();
    await endMail(tx, mail.id, 'sent', now, null);
    await hooks.onSent?.(tx, instance, mail, now);
  });
  return 'sent';
}
