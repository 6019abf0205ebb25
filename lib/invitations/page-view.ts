import { findInvitation, type InvitationRow } from '../../db/queries/invitations.ts';
import { findLetterById, type LetterRow, listVersionTexts } from '../../db/queries/letters.ts';
import { findSigningOfInvitation, listConsents, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import type { Reader } from '../../db/store.ts';
import type { InvitationScope } from '../access/scope.ts';
import type { Entry } from '../block/model.ts';
import { unseal } from '../crypto/seal.ts';
import type { DocumentText, Letterhead } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { dayIn } from '../letters/deadline.ts';
import { type FrozenDocumentText, frozenDocumentText, letterBlock } from '../letters/document.ts';
import { letterheadInWords } from '../letters/letterhead.ts';
import { policiesOf, type RepresentativePrinted } from '../letters/presets.ts';
import { isPublic } from '../letters/release.ts';
import { signersFor } from '../signatures/capacity.ts';
import { printedEntry } from '../signatures/mail.ts';
import { signingPlace } from '../signatures/places.ts';
import { openPrintable } from '../signatures/printable-record.ts';
import { type Signer, storedSigner } from '../signatures/schema.ts';
import { findLetterFacts } from './mail.ts';
import { openInvited, openRefusalReason } from './places.ts';
import type { StoredInvitation } from './schema.ts';
import { type SignedSoFar, viewSignedSoFar } from './signed-so-far.ts';

/** What whoever was invited learns of a withdrawal. */
export interface WithdrawnLetter {
  /** ISO calendar date, in the letter's zone. */
  readonly day: string;
  readonly reason: string;
  /**
   * What stands in its place: a public letter by its headline; one that only its own invited may read, without its headline, since whoever
   * was invited to this letter may not be invited to that; or one that was not opened yet.
   */
  readonly replacement: { readonly headline: string } | 'in-preparation' | 'unnamed' | null;
}

/** The letter as whoever was invited sees it: its frozen texts, and of the others' names what its policy shows. */
export interface InvitedLetter {
  readonly coalition: string;
  /** In words alone: a picture of up to a megabyte would weigh more on a phone than the letter. */
  readonly letterhead: Letterhead | undefined;
  readonly status: LetterRow['status'];
  readonly deadlineAt: Date | null;
  readonly zone: string;
  /** All names are hidden at present. */
  readonly namesHidden: boolean;
  readonly date: string | null;
  readonly place: string | null;
  /** Null while the letter stands. */
  readonly withdrawn: WithdrawnLetter | null;
  /** Who reads the addressee's copy; empty where the letter names nobody. */
  readonly reader: string;
  /** What is read and signed: in the invitation's language where the letter has it, otherwise the authentic text. */
  readonly text: FrozenDocumentText;
  /** The authentic text, where `text` is a translation of it. */
  readonly authentic: DocumentText | null;
  readonly printsCountry: boolean;
  readonly representativePrinted: RepresentativePrinted;
  /** Whether mails of this letter say what they are about. */
  readonly receipts: boolean;
  readonly block: unknown;
  readonly authenticLanguage: string;
}

/** What its owner sees of an entry of their own. */
export interface OwnEntry {
  readonly signatureId: string;
  readonly capacity: Capacity;
  readonly entry: Entry;
  readonly status: SignatureRow['status'];
  readonly flags: readonly string[];
  readonly publication: PublicationChoice;
}

/** What somebody gave in one act: one entry or several. */
export interface OwnSigning {
  readonly entries: readonly [OwnEntry, ...OwnEntry[]];
  readonly signedAt: Date;
  /** 64 hex digits: of the text that was agreed to last. */
  readonly fingerprint: string;
  readonly signedBy: { readonly name: string; readonly role: string };
}

export interface InvitationPage {
  readonly invitationId: string;
  readonly capacity: Capacity;
  readonly invited: StoredInvitation;
  readonly signers: readonly Signer[];
  readonly state: 'answerable' | 'declined' | 'signed' | 'closed' | 'letter-withdrawn';
  readonly consideringUntil: string | null;
  /** They answered that they do not sign, and why, where they said so. */
  readonly declined: { readonly reason: string | null } | null;
  readonly letter: InvitedLetter;
  /** Who has signed so far; null where nothing of it may show. */
  readonly signed: SignedSoFar | null;
  readonly own: OwnSigning | null;
  /** The final document may be had. */
  readonly final: boolean;
}

/**
 * Everything the page behind a personal link shows; null where the letter is gone. Reads only.
 * @param listPage of the list of those who have signed, from 1, or `short` for its first page where it is short; null where it is not asked for
 */
export async function viewInvitation(
  instance: Instance,
  scope: InvitationScope,
  now: Date,
  listPage: number | 'short' | null = null,
): Promise<InvitationPage | null> {
  const { store, keys } = instance;
  const facts = await findLetterFacts(store.read, scope.letterId);
  const row = await findInvitation(store.read, scope.letterId, scope.invitationId);
  if (!facts || !row || row.status === 'revoked' || facts.letter.liveVersionId === null) return null;
  const { letter } = facts;
  const invited = openInvited(keys, row);
  const texts = (await listVersionTexts(store.read, facts.letter.liveVersionId)).map(frozenDocumentText);
  const authentic = texts.find((text) => text.authentic);
  const shown = texts.find((text) => text.language === invited.language) ?? authentic;
  if (!authentic || !shown) throw new Error(`letter ${letter.id} has no authentic text`);
  const own = row.status === 'signed' ? await ownSigning(instance, scope, letter) : null;
  return {
    invitationId: row.id,
    capacity: row.capacity,
    invited,
    signers: signersFor(row.capacity),
    state: stateOf(row, letter, now),
    consideringUntil: row.status === 'considering' ? row.consideringUntil : null,
    declined: row.status === 'declined' ? { reason: openRefusalReason(keys, row) } : null,
    letter: {
      coalition: facts.coalition,
      letterhead: await letterheadInWords(store.read, letter),
      status: letter.status,
      deadlineAt: letter.deadlineAt,
      zone: letter.zone,
      namesHidden: letter.namesHidden,
      date: letter.date,
      place: letter.place,
      withdrawn: await withdrawnLetter(store.read, letter, now),
      reader: facts.reader,
      text: shown,
      authentic: shown.authentic ? null : authentic,
      printsCountry: letterBlock(letter).country,
      representativePrinted: policiesOf(letter.policies).representativePrinted,
      receipts: facts.headline !== null && !letter.sample,
      block: letter.block,
      authenticLanguage: letter.authenticLanguage,
    },
    signed: listPage === null ? null : await viewSignedSoFar(instance, letter, { language: shown.language, page: listPage, now }),
    own,
    final: own !== null && mayHaveFinal(letter, own, now),
  };
}

/**
 * Whoever stands in a delivered letter gets its final document. A representative does whatever the release (DESIGN §4); a person does not
 * where the letter shows its signatories no name but their own until it is public.
 */
function mayHaveFinal(letter: LetterRow, { entries }: OwnSigning, now: Date): boolean {
  if (letter.status !== 'delivered') return false;
  const namesShow = isPublic(letter, now) || policiesOf(letter.policies).beforeRelease === 'shown';
  return entries.some(({ status, capacity }) => status === 'listed' && (namesShow || capacity === 'organisation'));
}

/** As many letters one after the other as can stand in each other's place: more would be a circle. */
const MOST_REPLACEMENTS = 10;

async function withdrawnLetter(db: Reader, letter: LetterRow, now: Date): Promise<WithdrawnLetter | null> {
  if (letter.status !== 'withdrawn' || letter.withdrawnAt === null) return null;
  const about = { day: dayIn(letter.withdrawnAt, letter.zone), reason: letter.withdrawnReason ?? '' };
  let next = letter.replacedBy === null ? null : await findLetterById(db, letter.replacedBy);
  // A replacement that was withdrawn itself leads on to its own.
  for (let step = 0; next?.status === 'withdrawn' && step < MOST_REPLACEMENTS; step++) {
    next = next.replacedBy === null ? null : await findLetterById(db, next.replacedBy);
  }
  if (!next || next.status === 'withdrawn') return { ...about, replacement: null };
  if (next.liveVersionId === null) return { ...about, replacement: 'in-preparation' };
  if (!isPublic(next, now)) return { ...about, replacement: 'unnamed' };
  const [text] = (await listVersionTexts(db, next.liveVersionId)).map(frozenDocumentText);
  return { ...about, replacement: { headline: text?.headline ?? '' } };
}

function stateOf(row: InvitationRow, letter: LetterRow, now: Date): InvitationPage['state'] {
  if (letter.status === 'withdrawn') return 'letter-withdrawn';
  if (row.status === 'signed') return 'signed';
  if (letter.status !== 'open' || (letter.deadlineAt !== null && letter.deadlineAt <= now)) return 'closed';
  return row.status === 'declined' ? 'declined' : 'answerable';
}

async function ownSigning(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  scope: InvitationScope,
  letter: LetterRow,
): Promise<OwnSigning | null> {
  const given = await findSigningOfInvitation(store.read, scope.letterId, scope.invitationId);
  const [first, ...others] = given?.signatures.filter(({ status }) => status !== 'erased') ?? [];
  if (!given || !first) return null;
  const consents = await listConsents(store.read, [first.id]);
  const signer = unseal(keys, signingPlace(letter.id, given.signing.id), given.signing.sealed);
  if (!signer.ok) throw new Error(`signing ${given.signing.id} does not open: ${signer.reason}`);
  const { name, role } = storedSigner.parse(signer.value);
  const policies = policiesOf(letter.policies);
  const entryOf = (signature: SignatureRow): OwnEntry => ({
    signatureId: signature.id,
    capacity: signature.capacity,
    entry: printedEntry(letter, openPrintable(keys, signature, policies)),
    status: signature.status,
    flags: signature.flags,
    publication: signature.publication,
  });
  return {
    entries: [entryOf(first), ...others.map(entryOf)],
    signedAt: first.signedAt,
    fingerprint: consents.at(-1)?.fingerprint ?? '',
    signedBy: { name, role },
  };
}
