import { createHash } from 'node:crypto';
import {
  findLetterById,
  type LetterRow,
  type LetterTextRow,
  listLetterTexts,
  listVersionTexts,
  type VersionTextRow,
} from '../../db/queries/letters.ts';
import { type Extent, standsIn } from '../block/addenda.ts';
import { type PagedSection, sectionsInOrder } from '../block/print-order.ts';
import { type GivenBlockSettings, withDefaults } from '../block/record.ts';
import type { DocumentMark, DocumentText, Edition, LetterDocument } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { recordsAt } from '../signatures/records.ts';
import { type AcceptedText, acceptTypedText } from '../text/canonical.ts';
import { readCanonical } from '../text/read-canonical.ts';
import { letterheadOf } from './letterhead.ts';
import { printOrder } from './print-orders.ts';
import { isDraft } from './status.ts';
import type { TextInput } from './text-schema.ts';

export interface LetterDocumentInput {
  /** `addressee` only where somebody has chosen that edition; everything else shows the public one. */
  readonly edition: Edition;
  readonly now: Date;
  /** Of one text alone, with the list in its language; all of them where it is left out, or the letter has none in it. */
  readonly language?: string | null;
  /** Of the names; all of them where it is left out. */
  readonly extent?: Extent;
}

export interface StoredLetter {
  readonly document: LetterDocument;
  /** The document's sections, to be looked into page by page. */
  readonly sections: readonly PagedSection[];
  /** Of the one text in it, where the letter has several. */
  readonly language: string | null;
  /** See `letterState`. */
  readonly state: string;
}

/**
 * A stored letter as every renderer takes it. Once frozen its texts are read from the canonical form the fingerprint covers; a draft's
 * are those typed last, without a fingerprint. Who may see it is decided by the caller, who has the letter's scope.
 * @returns null where there is no such letter
 */
export async function storedLetter(
  instance: Instance,
  letterId: string,
  { edition, now, language = null, extent = 'whole' }: LetterDocumentInput,
): Promise<StoredLetter | null> {
  const { read } = instance.store;
  const letter = await findLetterById(read, letterId);
  if (!letter) return null;
  const all = letter.liveVersionId
    ? (await listVersionTexts(read, letter.liveVersionId)).map(frozenDocumentText)
    : (await listLetterTexts(read, letter)).map((text) => draftDocumentText(text, letter.authenticLanguage));
  const state = letterState(letter);
  const alone = all.filter((text) => text.language === language);
  const texts = alone.length > 0 ? alone : all;
  const speaking = alone[0]?.language ?? letter.authenticLanguage;
  const settings = letterBlock(letter, speaking);
  const sections = namesMayShow(letter)
    ? sectionsInOrder(await printOrder(instance, { letter, state, settings, edition }), { settings, language: speaking }, (places) =>
        recordsAt(instance, { letterId, edition }, places),
      ).filter(({ section }) => standsIn(section, extent))
    : [];
  const { kind, date, place } = letter;
  const letterhead = await letterheadOf(instance, letter);
  const document = {
    kind,
    texts,
    date,
    place,
    sections: sections.map(({ section }) => section),
    edition,
    mark: markOf(letter, now),
    verifyOrigin: instance.config.origin,
    justified: settings.justified,
    ...(letterhead === undefined ? {} : { letterhead }),
  };
  const [only] = texts;
  return { document, sections, state, language: texts.length < all.length ? (only?.language ?? null) : null };
}

/** The document of `storedLetter` alone. */
export async function letterDocument(instance: Instance, letterId: string, input: LetterDocumentInput): Promise<LetterDocument | null> {
  return (await storedLetter(instance, letterId, input))?.document ?? null;
}

/**
 * Names the state of a letter and its list: another one after every change, since each writes an entry of the letter's log, whose size
 * stands in this row. What was made from a letter of this state, read before it was made, is still right while the state is the same.
 */
export function letterState(letter: LetterRow): string {
  // Neither is a change of the letter: its ranks follow what stands in it.
  const { printedNames: _, rankGeneration: _generation, rankedAs: _ranked, ...stated } = letter;
  return createHash('sha256').update(JSON.stringify(stated)).digest('base64url');
}

/** Names leave every document with the letter's withdrawal, and while they are hidden: in either edition, from the next call on. */
export const namesMayShow = (letter: Pick<LetterRow, 'status' | 'namesHidden'>) => letter.status !== 'withdrawn' && !letter.namesHidden;

/** How a letter sets its signatory block, in the language of one of its texts. What a command wrote was checked there. */
export const letterBlock = (letter: Pick<LetterRow, 'block' | 'authenticLanguage'>, language = letter.authenticLanguage) =>
  withDefaults(letter.block as GivenBlockSettings, language === letter.authenticLanguage ? undefined : language);

export type FrozenDocumentText = DocumentText & { readonly fingerprint: string };

/** Only a delivered letter is final: until then a printed page must say of when it is, and of a withdrawn one that it is. */
function markOf({ status, zone, withdrawnAt }: Pick<LetterRow, 'status' | 'zone' | 'withdrawnAt'>, now: Date): DocumentMark | null {
  if (isDraft(status)) return { type: 'draft' };
  if (status === 'withdrawn') return { type: 'withdrawn', asOf: withdrawnAt ?? now, zone };
  return status === 'delivered' ? null : { type: 'not-final', asOf: now, zone };
}

/** A frozen text as it is shown and printed. */
export function frozenDocumentText(row: VersionTextRow): FrozenDocumentText {
  const text = readCanonical(row.canonical);
  if (!text.ok) throw new Error(`the frozen text ${row.fingerprint} is not in its canonical form`);
  return { ...documentText(text.value, row), authentic: row.authentic, fingerprint: row.fingerprint };
}

/** A text of a draft, which its form has accepted. */
export function draftDocumentText(row: TextInput & Pick<LetterTextRow, 'language'>, authenticLanguage: string): DocumentText {
  const text = acceptTypedText(row);
  if (!text.ok) throw new Error('a draft was stored that its form would refuse');
  return { ...documentText(text.value, row), authentic: row.language === authenticLanguage, fingerprint: null };
}

const documentText = (
  text: AcceptedText,
  { language, cc, reference }: Pick<VersionTextRow, 'language' | 'cc' | 'reference'>,
): Omit<DocumentText, 'authentic' | 'fingerprint'> => ({
  language,
  headline: text.headline,
  subtitle: orNull(text.subtitle),
  addressees: text.addressees.map(({ name, office, lines }) => ({ name, office: orNull(office), lines })),
  cc,
  reference: orNull(reference),
  salutation: orNull(text.salutation),
  body: text.body,
  closing: orNull(text.closing),
  disclaimer: orNull(text.disclaimer),
});

const orNull = (value: string): string | null => (value === '' ? null : value);
