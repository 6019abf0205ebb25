import { findConsentFingerprint, type GivenSigning, type SigningRow } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { InvitationScope, SigningScope } from '../access/scope.ts';
import type { Token } from '../crypto/tokens.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { addInvitationLink, type LetterFacts, linkOf } from '../invitations/mail.ts';
import type { StoredInvitation } from '../invitations/schema.ts';
import { policiesOf } from '../letters/presets.ts';
import { queueMail } from '../outbox/queue.ts';
import { recordOf } from './capacity.ts';
import { receiptMail } from './mail.ts';
import { findOwnAddress } from './own-address.ts';
import { addOwnLink } from './own-link-of.ts';
import { openSigner } from './places.ts';
import { openPrintable } from './printable-record.ts';
import type { SignInput } from './schema.ts';
import type { WrittenEntry } from './write-signing.ts';

interface Receipt {
  readonly facts: LetterFacts;
  readonly scope: InvitationScope;
  readonly invited: StoredInvitation;
  readonly input: SignInput;
  readonly entries: readonly WrittenEntry[];
}

/** A receipt with a live link to the own page. None for a letter whose mails say nothing, and none for a sample's invented addresses. */
export async function queueReceipt(
  tx: Tx,
  instance: Instance,
  { facts, scope, invited, input, entries }: Receipt,
  now: Date,
): Promise<void> {
  const { letterId, coalitionId, invitationId } = scope;
  if (facts.headline === null || facts.letter.sample) return;
  const { email, language } = invited;
  const token = await addInvitationLink(tx, instance, { coalitionId, invitationId }, now);
  const policies = policiesOf(facts.letter.policies);
  const mail = receiptMail(facts, {
    to: email,
    language,
    name: input.name,
    entries: entries.map(({ input: entry, admission: { status, flags } }) => ({
      record: recordOf(input.name, entry, policies),
      status,
      flags,
    })),
    publication: input.publication,
    fingerprint: input.fingerprint,
    url: linkOf(instance, token),
  });
  await queueMail(tx, instance, 'receipt', mail, { coalitionId, letterId, invitationId }, now);
}

interface Addition {
  readonly facts: LetterFacts;
  readonly scope: SigningScope;
  readonly signing: SigningRow;
  readonly entry: WrittenEntry;
  readonly input: SignInput;
}

/** What was added to a signing, with a link to the page of all of it: that of the invitation, or the own page. */
export async function queueAdded(tx: Tx, instance: Instance, { facts, scope, signing, entry, input }: Addition, now: Date): Promise<void> {
  const { coalitionId } = scope;
  if (facts.headline === null || facts.letter.sample) return;
  const { email, name, language, about } = await findOwnAddress(tx, instance, scope, signing);
  const { invitationId } = signing;
  const url =
    invitationId === null
      ? `${instance.config.origin}/own/${await addOwnLink(tx, instance, scope, now)}`
      : linkOf(instance, await addInvitationLink(tx, instance, { coalitionId, invitationId }, now));
  const { status, flags } = entry.admission;
  const record = recordOf(name, entry.input, policiesOf(facts.letter.policies));
  const { publication, fingerprint } = input;
  const mail = receiptMail(facts, { to: email, language, name, entries: [{ record, status, flags }], publication, fingerprint, url });
  await queueMail(tx, instance, 'receipt', mail, about, now);
}

interface OwnReceipt {
  readonly facts: LetterFacts;
  readonly scope: SigningScope;
  /** As it stands now. */
  readonly given: GivenSigning;
  readonly token: Token<'own-page'>;
}

/** The same for a signing that came by an open link, once its address is proved. */
export async function queueOwnReceipt(
  tx: Tx,
  instance: Instance,
  { facts, scope, given: { signing, signatures }, token }: OwnReceipt,
  now: Date,
): Promise<void> {
  const { letterId, coalitionId, signingId } = scope;
  const [first] = signatures;
  if (facts.headline === null || facts.letter.sample || !first) return;
  const { email, name, locale } = openSigner(instance.keys, signing);
  const policies = policiesOf(facts.letter.policies);
  const mail = receiptMail(facts, {
    to: email,
    language: locale ?? chooseLocale({ letterLanguage: signing.language }, LOCALES),
    name,
    entries: signatures.map((row) => ({ record: openPrintable(instance.keys, row, policies), status: row.status, flags: row.flags })),
    publication: first.publication,
    fingerprint: (await findConsentFingerprint(tx, first.id)) ?? '',
    url: `${instance.config.origin}/own/${token}`,
  });
  await queueMail(tx, instance, 'receipt', mail, { coalitionId, letterId, signingId }, now);
}
