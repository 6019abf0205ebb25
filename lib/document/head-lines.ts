import { longDate, longInstant } from './dates.ts';
import type { Addressee, DocumentText, LetterDocument, Letterhead } from './model.ts';
import { phrasesFor } from './phrases.ts';

/** "Geneva, 2 May 2007", or null where the letter has neither. */
export function placeAndDate(document: LetterDocument, text: DocumentText, comma: string): string | null {
  const parts = placeAndDateParts(document, text);
  return parts.length === 0 ? null : parts.join(comma);
}

export function placeAndDateParts(document: LetterDocument, text: DocumentText): readonly string[] {
  const date = document.date === null ? null : longDate(text.language, document.date);
  return [document.place, date].filter((part) => part !== null);
}

/** A letterhead in words alone, where no picture can stand: its lines, or the coalition's name in place of the picture. */
export const letterheadLines = ({ name, lines }: Letterhead): readonly string[] => (lines.length === 0 ? [name] : lines);

/** The lines of an addressee: name and office on one, the rest below. */
export const addresseeLines = (addressee: Addressee, comma: string): readonly string[] => [
  addressee.office === null ? addressee.name : addressee.name + comma + addressee.office,
  ...addressee.lines,
];

/**
 * The word before the addressees ("To:"), or an empty text where the first of them was typed with it already: "To the Honourable …".
 * Case and marks do not count ("A Monsieur" under "À :"); an initial ("A. Sol") or the beginning of a longer word is not the label's.
 */
export function addresseeLabel({ language, addressees }: Pick<DocumentText, 'language' | 'addressees'>): string {
  const label = phrasesFor(language).to;
  const word = bare(label).replace(/\s*[:：]$/, '');
  const first = bare(addressees[0]?.name ?? '');
  if (!first.startsWith(word)) return label;
  const rest = first.slice(word.length);
  // Chinese and Japanese put no space after a word.
  return /^(?:$|[\s:：])/.test(rest) || /\p{scx=Han}$/u.test(word) ? '' : label;
}

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();

/** What stands on the document beside the letter itself: that it is a draft, a copy to decide on, not final or withdrawn, or the addressee's edition. */
export function markLines(document: LetterDocument, language: string): readonly string[] {
  const phrases = phrasesFor(language);
  const lines = document.edition === 'addressee' ? [phrases.addresseeEdition] : [];
  if (document.mark?.type === 'draft') lines.push(phrases.draft);
  if (document.mark?.type === 'for-decision') lines.push(phrases.forDecision);
  if (document.mark?.type === 'not-final' || document.mark?.type === 'withdrawn') {
    const { type, asOf, zone } = document.mark;
    lines.push((type === 'withdrawn' ? phrases.withdrawn : phrases.notFinal).replace('{date}', longInstant(language, asOf, zone)));
  }
  return lines;
}

/** Which of several texts prevails; null where there is one text only. */
export function standingLine(document: LetterDocument, text: DocumentText): string | null {
  if (document.texts.length < 2) return null;
  const phrases = phrasesFor(text.language);
  if (text.authentic) return phrases.authentic;
  const authentic = document.texts.find((other) => other.authentic)?.language ?? text.language;
  const name = new Intl.DisplayNames(text.language, { type: 'language', fallback: 'code' }).of(authentic) ?? authentic;
  return phrases.translation.replace('{language}', name);
}
