import type { LetterRow } from '../../db/queries/letters.ts';
import { findSigning, type GivenSigning, listConsents, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import type { SigningScope } from '../access/scope.ts';
import type { Entry } from '../block/model.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { type AnyLocale, LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { isPublic } from '../letters/release.ts';
import { signersToAdd } from './add-entry.ts';
import {
  type ConsentWording,
  consentWordingFor,
  isConsentWording,
  isPublicationWording,
  type PublicationWording,
  type ShownWords,
} from './consent-wording.ts';
import { cameBy, openWish, signersBy } from './correction.ts';
import { corrected, type EntryFields, fieldsOf, recordOfFields } from './entry-fields.ts';
import { printedEntry } from './mail.ts';
import { openRecord, openSigner } from './places.ts';
import { openPrintable } from './printable-record.ts';
import type { Signer } from './schema.ts';
import { seenMark } from './seen-mark.ts';
import { type ShownLetter, showLetter } from './shown-letter.ts';

/** What its owner sees of an entry of their own. */
export interface OwnEntry {
  readonly signatureId: string;
  readonly capacity: Capacity;
  readonly entry: Entry;
  readonly status: SignatureRow['status'];
  readonly flags: readonly string[];
  readonly publication: PublicationChoice;
  /** Of the consent that was given last. */
  readonly wording: ConsentWording;
  /** In which words its owner chose last who sees the name, and what they called the reader; null where that was not kept. */
  readonly choice: (Pick<ShownWords, 'publication' | 'reader'> & { readonly publicationWording: PublicationWording }) | null;
  /** As a form has it, with what waits for somebody's look in the place of what stands. */
  readonly fields: EntryFields;
  /** What they asked it to become, as it would print; null where nothing waits. */
  readonly wish: Entry | null;
  /** The entry as it stands, as `seenMark` has it. */
  readonly seen: string;
}

/** What somebody gave in one act: one entry or several. */
export interface OwnSigning {
  readonly signingId: string;
  readonly entries: readonly [OwnEntry, ...OwnEntry[]];
  readonly signedAt: Date;
  /** 64 hex digits: of the text that was agreed to last. */
  readonly fingerprint: string;
  readonly signedBy: { readonly name: string; readonly role: string };
  /** In whose name they may sign, by the door they came through. */
  readonly signers: readonly Signer[];
  /** In whose name they may add an entry to this, as long as the letter is signed. */
  readonly toAdd: readonly Signer[];
}

/** The page of what somebody signed, for as long as the letter lives. */
export interface OwnPage {
  readonly letter: ShownLetter;
  readonly own: OwnSigning;
  /** The final document may be had. */
  readonly final: boolean;
  /** In which mails speak to them. */
  readonly locale: AnyLocale;
}

/** Everything the own page shows; null where the letter or its entries are gone. Reads only. */
export async function viewOwnPage(instance: Instance, scope: SigningScope, now: Date): Promise<OwnPage | null> {
  const { store, keys } = instance;
  const facts = await findLetterFacts(store.read, scope.letterId);
  const given = await findSigning(store.read, scope.letterId, scope.signingId);
  const own = facts && given && (await readOwnSigning(instance, given, facts.letter));
  const letter = own && (await showLetter(instance, facts, given.signing.language, now));
  if (!letter) return null;
  const { locale } = openSigner(keys, given.signing);
  return {
    letter,
    own,
    final: mayHaveFinal(facts.letter, own, now),
    locale: locale ?? chooseLocale({ letterLanguage: given.signing.language }, LOCALES),
  };
}

/** What was signed in one act, for whoever gave it; null once all of it was erased. */
export async function readOwnSigning(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  { signing, signatures }: GivenSigning,
  letter: LetterRow,
): Promise<OwnSigning | null> {
  const [first, ...others] = signatures.filter(({ status }) => status !== 'erased');
  if (!first) return null;
  const consents = await listConsents(
    store.read,
    [first, ...others].map(({ id }) => id),
  );
  const { name, role, shown = [] } = openSigner(keys, signing);
  const policies = policiesOf(letter.policies);
  const entryOf = (signature: SignatureRow): OwnEntry => {
    const { id, capacity, status, flags, publication } = signature;
    const words = shown.findLast((one) => one.signature === id);
    const record = openRecord(keys, signature);
    const wish = openWish({ keys }, signature);
    return {
      signatureId: id,
      capacity,
      entry: printedEntry(letter, openPrintable(keys, signature, policies)),
      status,
      flags,
      publication,
      wording: agreedTo(capacity, words?.wording ?? consents.findLast(({ signatureId }) => signatureId === id)?.wording),
      choice: words && isPublicationWording(words.publicationWording) ? { ...words, publicationWording: words.publicationWording } : null,
      fields: wish ?? fieldsOf(record, { name, role }),
      wish: wish && printedEntry(letter, corrected(record, recordOfFields(wish, policies))),
      seen: seenMark(signature.sealed),
    };
  };
  const door = await cameBy(store.read, { keys }, signing);
  return {
    signingId: signing.id,
    entries: [entryOf(first), ...others.map(entryOf)],
    signedAt: first.signedAt,
    fingerprint: consents.findLast(({ signatureId }) => signatureId === first.id)?.fingerprint ?? '',
    signedBy: { name, role },
    signers: signersBy(door),
    toAdd: signersToAdd(signing, signatures, door),
  };
}

/**
 * Whoever stands in a delivered letter gets its final document. A representative does whatever the release (DESIGN §4); a person does not
 * where the letter shows its signatories no name but their own until it is public.
 */
export function mayHaveFinal(letter: LetterRow, { entries }: OwnSigning, now: Date): boolean {
  if (letter.status !== 'delivered') return false;
  const namesShow = isPublic(letter, now) || policiesOf(letter.policies).beforeRelease === 'shown';
  return entries.some(({ status, capacity }) => status === 'listed' && (namesShow || capacity === 'organisation'));
}

/** The wording whose id stands with the consent; who moved on to another capacity agreed to that one's, and the log says so. */
function agreedTo(capacity: Capacity, stored: string | undefined): ConsentWording {
  const known = stored !== undefined && isConsentWording(stored) ? stored : null;
  return known?.startsWith(`${capacity}/`) ? known : consentWordingFor(capacity);
}
