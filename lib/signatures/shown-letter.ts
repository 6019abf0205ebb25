import { findLetterById, type LetterRow, listVersionTexts } from '../../db/queries/letters.ts';
import type { Reader } from '../../db/store.ts';
import type { DocumentText, Letterhead } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { dayIn } from '../letters/deadline.ts';
import { type FrozenDocumentText, frozenDocumentText, letterBlock } from '../letters/document.ts';
import { letterheadInWords } from '../letters/letterhead.ts';
import { policiesOf, type RepresentativePrinted } from '../letters/presets.ts';
import { isPublic } from '../letters/release.ts';

/** What its signatories, and those who were invited, learn of a withdrawal. */
export interface WithdrawnLetter {
  /** ISO calendar date, in the letter's zone. */
  readonly day: string;
  readonly reason: string;
  /**
   * What stands in its place: a public letter by its headline; one that only its own invited may read, without its headline, since whoever
   * was invited to this letter may not be invited to that; or one that was not opened yet.
   */
  readonly replacement: { readonly headline: string; readonly slug: string } | 'in-preparation' | 'unnamed' | null;
}

/** The letter as whoever signs or has signed it sees it, by whatever door they came: its frozen texts, and what its policies ask of them. */
export interface ShownLetter {
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
  /** What is read and signed: in the reader's language where the letter has it, otherwise the authentic text. */
  readonly text: FrozenDocumentText;
  /** The authentic text, where `text` is a translation of it. */
  readonly authentic: DocumentText | null;
  readonly printsCountry: boolean;
  readonly representativePrinted: RepresentativePrinted;
  /** Whether mails of this letter say what they are about. */
  readonly receipts: boolean;
  readonly block: unknown;
  readonly authenticLanguage: string;
  /** Of the page that everybody may read; null where nobody may yet, or not any more. */
  readonly publicSlug: string | null;
}

/**
 * The letter of these facts in a language; null where it was never frozen.
 * @param language BCP 47
 */
export async function showLetter(
  { store }: Pick<Instance, 'store'>,
  { letter, coalition, reader, headline }: LetterFacts,
  language: string,
  now: Date,
): Promise<ShownLetter | null> {
  if (letter.liveVersionId === null) return null;
  const texts = (await listVersionTexts(store.read, letter.liveVersionId)).map(frozenDocumentText);
  const authentic = texts.find((text) => text.authentic);
  const shown = texts.find((text) => text.language === language) ?? authentic;
  if (!authentic || !shown) throw new Error(`letter ${letter.id} has no authentic text`);
  return {
    coalition,
    letterhead: await letterheadInWords(store.read, letter),
    status: letter.status,
    deadlineAt: letter.deadlineAt,
    zone: letter.zone,
    namesHidden: letter.namesHidden,
    date: letter.date,
    place: letter.place,
    withdrawn: await withdrawnLetter(store.read, letter, now),
    reader,
    text: shown,
    authentic: shown.authentic ? null : authentic,
    printsCountry: letterBlock(letter).country,
    representativePrinted: policiesOf(letter.policies).representativePrinted,
    receipts: headline !== null && !letter.sample,
    block: letter.block,
    authenticLanguage: letter.authenticLanguage,
    publicSlug: isPublic(letter, now) ? letter.slug : null,
  };
}

/** As many letters one after the other as can stand in each other's place: more would be a circle. */
const MOST_REPLACEMENTS = 10;

/** That a letter was withdrawn, and what stands in its place; null for any other. */
export async function withdrawnLetter(db: Reader, letter: LetterRow, now: Date): Promise<WithdrawnLetter | null> {
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
  return { ...about, replacement: { headline: text?.headline ?? '', slug: next.slug } };
}
