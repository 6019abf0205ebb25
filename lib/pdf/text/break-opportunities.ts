import LineBreaker from 'linebreak';

export interface Opportunity {
  /** UTF-16 index of the first character of the next line. */
  readonly at: number;
  readonly required: boolean;
}

// Thai, Lao, Khmer and the scripts of Burma: written without spaces, and with dictionaries in ICU.
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]/;
/** Signs after which a letter is written below or above the one before. */
const STACKING = /[\u1039\u17d2\u1a60]$/;
/** A mark, or a letter that closes a syllable (it has a sign that takes its vowel away): never first in a line. */
const CLOSING = /^(?:\p{M}|\p{L}\u1037?[\u103a\u1a7a\u1b44\ua9c0])/u;
let words: Intl.Segmenter | undefined;
let graphemes: Intl.Segmenter | undefined;

const isSeparable = (before: string, after: string): boolean => !CLOSING.test(after) && !STACKING.test(before);

/**
 * Where lines may end: UAX #14, and between the words of scripts without spaces, which it leaves to a dictionary. The last one is the
 * text's end.
 */
export function breakOpportunities(text: string): Opportunity[] {
  const found: Opportunity[] = [];
  const breaker = new LineBreaker(text);
  for (let last = 0, next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    const part = text.slice(last, next.position);
    if (UNSPACED.test(part)) {
      // The dictionary is chosen by the letters, whatever the language.
      words ??= new Intl.Segmenter('th', { granularity: 'word' });
      for (const { index, segment } of words.segment(part)) {
        // Closing punctuation and spaces never begin a line. The dictionary of Burmese knows no other language in its letters.
        if (
          index > 0 &&
          /^[\p{L}\p{N}]/u.test(segment) &&
          UNSPACED.test(part[index - 1] ?? '') &&
          isSeparable(part.slice(0, index), segment)
        )
          found.push({ at: last + index, required: false });
      }
    }
    found.push({ at: next.position, required: next.required === true && next.position < text.length });
    last = next.position;
  }
  return found;
}

/** Pieces that may be torn apart where a single word is wider than its column: graphemes, and syllables that belong together on paper. */
export function graphemesOf(text: string): string[] {
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const pieces: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const before = pieces.at(-1);
    if (before === undefined || isSeparable(before, segment)) pieces.push(segment);
    else pieces[pieces.length - 1] = before + segment;
  }
  return pieces;
}
