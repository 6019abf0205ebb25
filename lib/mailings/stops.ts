import { findCoalition } from '../../db/queries/coalitions.ts';
import { listInvitationsTo } from '../../db/queries/invitations.ts';
import { findLetterById } from '../../db/queries/letters.ts';
import { findStopLink, insertStopLink } from '../../db/queries/links.ts';
import { deleteMailStop, insertMailStop, isStopped, listSigningsFrom } from '../../db/queries/mail-stops.ts';
import { dropWaitingMails, endMail, listWaitingMails } from '../../db/queries/outbox.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { publicNameOf } from '../coalitions/mail-sender.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { parseEmailAddress } from '../crypto/email-address.ts';
import { issueToken, parseToken, tokenHash } from '../crypto/tokens.ts';
import type { MailKind } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { openMail } from '../outbox/read.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { openStopAddress, sealStopAddress } from './stop-address.ts';

/** What a stop stops. Receipts, confirmations and fresh links answer something that the person just did. */
const STOPPED: readonly MailKind[] = ['invitation', 'reminder', 'confirmation-reminder', 'vouched', 'delivery', 'withdrawal'];

/** A mail's owner; with `asked`, the mails of one that go to an address which was given as their own and is not theirs for certain. */
type StopOf = { readonly coalitionId: string } & (
  | { readonly invitationId: string }
  | { readonly signingId: string; readonly asked?: { readonly letterId: string; readonly addressIndex: Buffer } }
);

/** A new live link that stops the mails of one letter to one address; it belongs into the mail that is queued in the same transaction. */
export async function addStopLink(
  tx: Tx,
  { keys, random, config }: Pick<Instance, 'keys' | 'random' | 'config'>,
  of: StopOf,
  now: Date,
): Promise<string> {
  const token = issueToken('mail-stop', random);
  const id = newId('lnk', random);
  const { asked, ...owner } = 'signingId' in of ? of : { ...of, asked: undefined };
  const sealed = asked === undefined ? null : sealStopAddress(keys, asked.letterId, id, asked.addressIndex);
  await insertStopLink(tx, { id, tokenHash: tokenHash(keys, 'mail-stop', token), createdAt: now, sealed, ...owner });
  return `${config.origin}/stop/${token}`;
}

export interface StopPage {
  /** Whom the mails come from, as the public knows it. */
  readonly coalition: string;
  readonly stopped: boolean;
  /** Of the letter; BCP 47. */
  readonly language: string;
}

interface Stop {
  readonly letterId: string;
  readonly addressIndex: Buffer;
  /** Of the invitation or the signing. */
  readonly ownerId: string;
  /** Of the link, where it is about an address that nobody has proved to be the owner's; else null. */
  readonly asked: string | null;
}

async function findStop({ store, keys }: Pick<Instance, 'store' | 'keys'>, text: string): Promise<Stop | null> {
  const token = parseToken('mail-stop', text);
  const found = token.ok ? await findStopLink(store.read, tokenHash(keys, 'mail-stop', token.value)) : null;
  if (!found) return null;
  const { id, sealed, letterId, ownerId } = found;
  const addressIndex = sealed === null ? found.addressIndex : openStopAddress(keys, letterId, { id, sealed });
  return addressIndex && { letterId, addressIndex, ownerId, asked: sealed === null ? null : id };
}

/** What the page behind the link shows; null where the link stops nothing, or nothing any more. Says nothing of the letter. */
export async function viewStop(instance: Pick<Instance, 'store' | 'keys'>, text: string): Promise<StopPage | null> {
  const { read } = instance.store;
  const found = await findStop(instance, text);
  const letter = found && (await findLetterById(read, found.letterId));
  const coalition = letter && (await findCoalition(read, letter.coalitionId));
  if (!found || !letter || !coalition) return null;
  const language = letter.authenticLanguage;
  return { coalition: publicNameOf(coalition), language, stopped: await isStopped(read, found.letterId, found.addressIndex) };
}

/**
 * No more mails of this letter to this address: neither new ones nor those that wait. Whoever presses twice, or a mail program that
 * asks on its own, changes nothing more; a mail scanner that posts does no harm that the same page can't undo.
 */
export async function stopMails(instance: Instance, text: string, now: Date): Promise<Result<null, 'unknown'>> {
  const found = await findStop(instance, text);
  if (!found) return refusal('unknown');
  const { letterId, addressIndex } = found;
  await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return;
    if (!(await insertMailStop(tx, { letterId, addressIndex, at: now }))) return;
    for (const { id: invitationId } of await listInvitationsTo(tx, letterId, addressIndex)) {
      await dropWaitingMails(tx, { invitationId }, STOPPED, now, 'stopped');
    }
    for (const signingId of await listSigningsFrom(tx, letterId, addressIndex)) {
      await dropWaitingMails(tx, { signingId }, STOPPED, now, 'stopped');
    }
    if (found.asked !== null) await dropAsked(tx, instance, found, now);
    await log(tx, instance, found, 'mails-stopped', now);
  });
  return success(null);
}

/** Mails again, as before. */
export async function resumeMails(instance: Instance, text: string, now: Date): Promise<Result<null, 'unknown'>> {
  const found = await findStop(instance, text);
  if (!found) return refusal('unknown');
  const { letterId, addressIndex } = found;
  await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return;
    if (await deleteMailStop(tx, letterId, addressIndex)) await log(tx, instance, found, 'mails-resumed', now);
  });
  return success(null);
}

/** Those that wait for an address which a signing does not have as its own: others of it go elsewhere, and go on. */
async function dropAsked(tx: Tx, { keys }: Instance, { letterId, addressIndex, ownerId }: Stop, now: Date): Promise<void> {
  for (const row of await listWaitingMails(tx, ownerId, STOPPED)) {
    const mail = openMail({ keys }, row);
    const to = mail.ok ? parseEmailAddress(mail.value.to) : mail;
    if (!to.ok || !blindIndex(keys, 'address', letterId, to.value.canonical).equals(addressIndex)) continue;
    await endMail(tx, row.id, 'failed', now, 'stopped');
  }
}

/** Whoever got a mail at an address that another gave stands in the log by the link in it: the other one reads what is held of them. */
const log = (tx: Tx, instance: Instance, { letterId, ownerId, asked }: Stop, type: 'mails-stopped' | 'mails-resumed', now: Date) => {
  const id = asked ?? ownerId;
  return appendAudit(
    tx,
    instance,
    { scope: { kind: 'letter', id: letterId }, type, actor: { kind: 'signatory', id }, record: { of: id } },
    now,
  );
};
