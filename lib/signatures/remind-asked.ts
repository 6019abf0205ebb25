import { listAskedUnreminded } from '../../db/queries/asked-links.ts';
import { insertSigningLink, listConfirmations } from '../../db/queries/links.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { findSigning, type GivenSigning, holdLetter } from '../../db/queries/signatures.ts';
import { markSigningReminded } from '../../db/queries/unconfirmed.ts';
import type { Tx } from '../../db/store.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { issueToken, tokenHash } from '../crypto/tokens.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts, type LetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { addStopLink } from '../mailings/stops.ts';
import { queueMail } from '../outbox/queue.ts';
import { newId } from '../shared/ids.ts';
import { type AskedAddress, openAsked, sealAsked } from './asked-address.ts';
import { confirmationReminderMail } from './confirmation-mail.ts';
import { confirmationEnds, endingBy } from './confirmation-term.ts';
import { openSigner } from './places.ts';
import { openPrintable } from './printable-record.ts';
import type { ReminderTries } from './reminder-tries.ts';
import { mayBeConfirmed } from './signing-state.ts';

const DAY = 24 * 3_600_000;

/**
 * Reminds whoever signed by a link from hand to hand of the address that they gave as their own last: a day after they gave it, and a day
 * before its link ends. Twice for an act, whatever was typed: the address may be a stranger's.
 */
export async function remindAsked(instance: Instance, tries: ReminderTries, now: Date, atOnce: number): Promise<void> {
  const { read } = instance.store;
  const [ended, tomorrow] = [endingBy(now), endingBy(new Date(now.getTime() + DAY))];
  for (const last of await listAskedUnreminded(read, 2, ended, tomorrow, atOnce))
    await tries.add(last, () => remind(instance, last, 2, now));
  const yesterday = { signedBefore: new Date(now.getTime() - DAY), deadlineBefore: null };
  for (const first of await listAskedUnreminded(read, 1, ended, yesterday, atOnce))
    await tries.add(first, () => remind(instance, first, 1, now));
}

async function remind(
  instance: Instance,
  { id, letterId }: { readonly id: string; readonly letterId: string },
  number: 1 | 2,
  now: Date,
): Promise<void> {
  const { keys } = instance;
  await instance.store.inTransaction(async (tx) => {
    await holdLetter(tx, letterId);
    const given = await findSigning(tx, letterId, id);
    const facts = await findLetterFacts(tx, letterId);
    const newest = (await listConfirmations(tx, id)).toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())[0];
    const asked = newest && openAsked(keys, letterId, newest);
    if (!given || !facts || !asked || given.signing.confirmedAt !== null || given.signing.reminded >= number) return;
    const ends = confirmationEnds(facts.letter, newest.createdAt);
    if (ends <= now || !(await markSigningReminded(tx, id, given.signing.reminded, number))) return;
    // Who gave it, or was reminded of it, within the last day has the mail still.
    const early = now.getTime() - newest.createdAt.getTime() < DAY;
    if (early || !mayBeConfirmed(facts.letter, given)) return;
    const addressIndex = blindIndex(keys, 'address', letterId, asked.email.canonical);
    if (await isStopped(tx, letterId, addressIndex)) return;
    await queueReminder(tx, instance, { facts, given, asked, addressIndex, askedAt: newest.createdAt, ends }, now);
  });
}

interface Asking {
  readonly facts: LetterFacts;
  readonly given: GivenSigning;
  readonly asked: AskedAddress;
  readonly addressIndex: Buffer;
  readonly askedAt: Date;
  readonly ends: Date;
}

async function queueReminder(
  tx: Tx,
  instance: Instance,
  { facts, given: { signing, signatures }, asked, addressIndex, askedAt, ends }: Asking,
  now: Date,
): Promise<void> {
  const { keys, random, config } = instance;
  const { id: letterId, coalitionId, policies } = facts.letter;
  const id = newId('lnk', random);
  const token = issueToken('confirmation', random);
  const link = { id, kind: 'confirmation', tokenHash: tokenHash(keys, 'confirmation', token), coalitionId, signingId: signing.id } as const;
  // As old as the first: a reminder puts no end off.
  await insertSigningLink(tx, { ...link, sealed: sealAsked(keys, letterId, id, asked), createdAt: askedAt });
  const { name, locale } = openSigner(keys, signing);
  const mail = confirmationReminderMail(facts, {
    to: asked.email.asTyped,
    name,
    records: signatures.map((row) => openPrintable(keys, row, policiesOf(policies))),
    locale: locale ?? chooseLocale({ letterLanguage: signing.language }, LOCALES),
    url: `${config.origin}/confirm/${token}`,
    stopUrl: await addStopLink(tx, instance, { coalitionId, signingId: signing.id, asked: { letterId, addressIndex } }, now),
    ends,
  });
  const about = { coalitionId, letterId, signingId: signing.id, ...(signing.invitationId ? { invitationId: signing.invitationId } : {}) };
  await queueMail(tx, instance, 'confirmation-reminder', mail, about, now);
}
