import { findCoalition } from '../../db/queries/coalitions.ts';
import { listInvitationsTo } from '../../db/queries/invitations.ts';
import { findLetterById } from '../../db/queries/letters.ts';
import { findStopLink, insertStopLink } from '../../db/queries/links.ts';
import { deleteMailStop, insertMailStop, isStopped, listSigningsFrom } from '../../db/queries/mail-stops.ts';
import { dropWaitingMails } from '../../db/queries/outbox.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { publicNameOf } from '../coalitions/mail-sender.ts';
import { issueToken, parseToken, tokenHash } from '../crypto/tokens.ts';
import type { MailKind } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';

/** What a stop stops. Receipts, confirmations and fresh links answer something that the person just did. */
const STOPPED: readonly MailKind[] = ['invitation', 'reminder', 'confirmation-reminder', 'vouched', 'delivery', 'withdrawal'];

/** A new live link that stops the mails of one letter to one address; it belongs into the mail that is queued in the same transaction. */
export async function addStopLink(
  tx: Tx,
  { keys, random, config }: Pick<Instance, 'keys' | 'random' | 'config'>,
  of: { readonly coalitionId: string } & ({ readonly invitationId: string } | { readonly signingId: string }),
  now: Date,
): Promise<string> {
  const token = issueToken('mail-stop', random);
  await insertStopLink(tx, { id: newId('lnk', random), tokenHash: tokenHash(keys, 'mail-stop', token), createdAt: now, ...of });
  return `${config.origin}/stop/${token}`;
}

export interface StopPage {
  /** Whom the mails come from, as the public knows it. */
  readonly coalition: string;
  readonly stopped: boolean;
  /** Of the letter; BCP 47. */
  readonly language: string;
}

async function findStop({ store, keys }: Pick<Instance, 'store' | 'keys'>, text: string) {
  const token = parseToken('mail-stop', text);
  return token.ok ? await findStopLink(store.read, tokenHash(keys, 'mail-stop', token.value)) : null;
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
  const { letterId, addressIndex, ownerId } = found;
  await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return;
    if (!(await insertMailStop(tx, { letterId, addressIndex, at: now }))) return;
    for (const { id: invitationId } of await listInvitationsTo(tx, letterId, addressIndex)) {
      await dropWaitingMails(tx, { invitationId }, STOPPED, now, 'stopped');
    }
    for (const signingId of await listSigningsFrom(tx, letterId, addressIndex)) {
      await dropWaitingMails(tx, { signingId }, STOPPED, now, 'stopped');
    }
    await log(tx, instance, { letterId, ownerId, type: 'mails-stopped' }, now);
  });
  return success(null);
}

/** Mails again, as before. */
export async function resumeMails(instance: Instance, text: string, now: Date): Promise<Result<null, 'unknown'>> {
  const found = await findStop(instance, text);
  if (!found) return refusal('unknown');
  const { letterId, addressIndex, ownerId } = found;
  await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return;
    if (await deleteMailStop(tx, letterId, addressIndex)) await log(tx, instance, { letterId, ownerId, type: 'mails-resumed' }, now);
  });
  return success(null);
}

const log = (
  tx: Tx,
  instance: Instance,
  { letterId, ownerId, type }: { readonly letterId: string; readonly ownerId: string; readonly type: 'mails-stopped' | 'mails-resumed' },
  now: Date,
) =>
  appendAudit(
    tx,
    instance,
    { scope: { kind: 'letter', id: letterId }, type, actor: { kind: 'signatory', id: ownerId }, record: { of: ownerId } },
    now,
  );
