import { findLetterById } from '../../db/queries/letters.ts';
import { insertSigningLink } from '../../db/queries/links.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { deleteMailsOfSigning } from '../../db/queries/outbox.ts';
import { findSigning, holdLetter } from '../../db/queries/signatures.ts';
import {
  deleteUnconfirmed,
  eraseSignedRecords,
  listCrowded,
  listLapsed,
  listUnconfirmed,
  listUnreminded,
  markSigningReminded,
} from '../../db/queries/unconfirmed.ts';
import type { Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { issueToken, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { addStopLink } from '../mailings/stops.ts';
import { queueMail } from '../outbox/queue.ts';
import { newId } from '../shared/ids.ts';
import { confirmationReminderMail } from './confirmation-mail.ts';
import { confirmationEnds, endingBy } from './confirmation-term.ts';
import { openPrintable } from './printable-record.ts';
import { remindAsked } from './remind-asked.ts';
import { ReminderTries } from './reminder-tries.ts';
import { MOST_PENDING } from './sign-rates.ts';
import { findSigner } from './signer.ts';
import { mayBeConfirmed } from './signing-state.ts';

const DAY = 24 * 3_600_000;
const AT_ONCE = 50;

/**
 * A chore: reminds whoever signed by an open link, or by one from hand to hand, and has not pressed the button, a day after and a day before it is too late, and
 * deletes what nobody confirmed, and what is too much for one address. Each in a transaction of its own that asks again: two processes, or a clock that jumps, do it once.
 */
export async function lookAfterUnconfirmed(instance: Instance, now: Date): Promise<void> {
  const { read } = instance.store;
  for (const lapsed of await listLapsed(read, endingBy(now), AT_ONCE)) await letLapse(instance, lapsed, now);
  // An address whose newest act is older was looked at when that came; after a longer standstill its next act, or its term, ends the others.
  const since = new Date(now.getTime() - DAY);
  for (const address of await listCrowded(read, MOST_PENDING, since, AT_ONCE)) await giveWay(instance, address, now);
  const tries = new ReminderTries(instance);
  const tomorrow = endingBy(new Date(now.getTime() + DAY));
  for (const last of await listUnreminded(read, 2, now, tomorrow, AT_ONCE))
    await tries.add(last, () => remindToConfirm(instance, last, 2, now));
  const yesterday = new Date(now.getTime() - DAY);
  for (const first of await listUnreminded(read, 1, yesterday, null, AT_ONCE))
    await tries.add(first, () => remindToConfirm(instance, first, 1, now));
  await remindAsked(instance, tries, now, AT_ONCE);
  tries.end();
}

interface Unconfirmed {
  readonly id: string;
  readonly letterId: string;
}

/**
 * Deletes what nobody has confirmed, with everything that was kept of it: entries, mails, and what the log held. The letter is held.
 * @returns false where it was confirmed, or is gone
 */
export async function forgetUnconfirmed(tx: Tx, letterId: string, id: string): Promise<boolean> {
  if (!(await deleteUnconfirmed(tx, id))) return false;
  await eraseSignedRecords(tx, letterId, id);
  await deleteMailsOfSigning(tx, id);
  return true;
}

async function letLapse(instance: Instance, { id, letterId }: Unconfirmed, now: Date): Promise<void> {
  await instance.store.inTransaction(async (tx) => {
    await holdLetter(tx, letterId);
    const given = await findSigning(tx, letterId, id);
    const letter = await findLetterById(tx, letterId);
    // Its deadline was put off meanwhile, or the button was pressed.
    if (!given || given.signing.confirmedAt !== null) return;
    // What came from hand to hand has no other end than its letter's.
    const byHand = given.signing.invitationId !== null;
    if (letter && !byHand && confirmationEnds(letter, given.signing.createdAt) > now) return;
    if (!(await forgetUnconfirmed(tx, letterId, id))) return;
    await recordLapse(tx, instance, { id, letterId }, now);
  });
}

/**
 * Of acts that wait for the same address the oldest give way: whoever types in another's address must not keep its owner from signing. An
 * address gets so few mails to confirm on a day, and acts only with them, that no more than those come between two looks.
 */
async function giveWay(
  instance: Instance,
  { letterId, addressIndex }: { letterId: string; addressIndex: Buffer },
  now: Date,
): Promise<void> {
  await instance.store.inTransaction(async (tx) => {
    await holdLetter(tx, letterId);
    const waiting = await listUnconfirmed(tx, letterId, addressIndex);
    for (const id of waiting.slice(0, Math.max(0, waiting.length - MOST_PENDING))) {
      if (await forgetUnconfirmed(tx, letterId, id)) await recordLapse(tx, instance, { id, letterId }, now);
    }
  });
}

async function recordLapse(tx: Tx, instance: Instance, { id, letterId }: Unconfirmed, now: Date): Promise<void> {
  const event = { scope: { kind: 'letter', id: letterId }, type: 'signing-lapsed', actor: { kind: 'system', id: null } } as const;
  await appendAudit(tx, instance, { ...event, record: { signing: id } }, now);
}

async function remindToConfirm(instance: Instance, { id, letterId }: Unconfirmed, number: 1 | 2, now: Date): Promise<void> {
  await instance.store.inTransaction(async (tx) => {
    await holdLetter(tx, letterId);
    const given = await findSigning(tx, letterId, id);
    const facts = await findLetterFacts(tx, letterId);
    if (!given || !facts || given.signing.confirmedAt !== null) return;
    const { signing } = given;
    const ends = confirmationEnds(facts.letter, signing.createdAt);
    // A day before the end there is nothing to say to whoever signed, or was reminded, within the last one: they have the mail still.
    const early = now.getTime() - signing.createdAt.getTime() < DAY;
    if (ends <= now || signing.reminded >= number) return;
    if (!(await markSigningReminded(tx, id, signing.reminded, number))) return;
    // Counted all the same: what was taken back, or whose letter has ended, is not looked at again and again.
    if (early || !mayBeConfirmed(facts.letter, given) || (await isStopped(tx, letterId, signing.addressIndex))) return;
    await queueReminder(tx, instance, { facts, given, ends }, now);
  });
}

interface Waiting {
  readonly facts: NonNullable<Awaited<ReturnType<typeof findLetterFacts>>>;
  readonly given: NonNullable<Awaited<ReturnType<typeof findSigning>>>;
  readonly ends: Date;
}

async function queueReminder(
  tx: Tx,
  instance: Instance,
  { facts, given: { signing, signatures }, ends }: Waiting,
  now: Date,
): Promise<void> {
  const { keys, random, config } = instance;
  const { id: letterId, coalitionId, policies } = facts.letter;
  const signer = await findSigner(instance, tx, signing);
  if (signer === null || signer.email === '') return;
  const { email: to, name, language: locale } = signer;
  // The first link goes on working: whichever mail is found will do.
  const token = issueToken('confirmation', random);
  const link = {
    id: newId('lnk', random),
    kind: 'confirmation',
    tokenHash: tokenHash(keys, 'confirmation', token),
    createdAt: now,
  } as const;
  await insertSigningLink(tx, { ...link, coalitionId, signingId: signing.id });
  const mail = confirmationReminderMail(facts, {
    to,
    name,
    records: signatures.map((row) => openPrintable(keys, row, policiesOf(policies))),
    locale,
    url: `${config.origin}/confirm/${token}`,
    stopUrl: await addStopLink(tx, instance, { coalitionId, signingId: signing.id }, now),
    ends,
  });
  await queueMail(tx, instance, 'confirmation-reminder', mail, { coalitionId, letterId, signingId: signing.id }, now);
}
