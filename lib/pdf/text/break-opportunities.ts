import LineBreaker from 'linebreak';

export interface Opportunity {
  /** UTF-16 index of the first character of the next line. */
  readonly at: number;
  readonly required: boolean;
}

const THAI = /[\u0e00-\u0e7f]/;
let thai: Intl.Segmenter | undefined;
let graphemes: Intl.Segmenter | undefined;

/** Where lines may end: UAX #14, and between the words of Thai, which it leaves to a dictionary. The last one is the text's end. */
export function breakOpportunities(text: string): Opportunity[] {
  const found: Opportunity[] = [];
  const breaker = new LineBreaker(text);
  for (let last = 0, next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    const part = text.slice(last, next.position);
    if (THAI.test(part)) {
      thai ??= new Intl.Segmenter('th', { granularity: 'word' });
      for (const { index, segment } of thai.segment(part)) {
        // Marks, closing punctuation and spaces never begin a line.
        if (index > 0 && /^[\p{L}\p{N}]/u.test(segment) && THAI.test(part[index - 1] ?? ''))
          found.push({ at: last + index, required: false });
      }
    }
    found.push({ at: next.position, required: next.required === true && next.position < text.length });
    last = next.position;
  }
  return found;
}

/** Pieces that may be torn apart where a single word is wider than its column. */
export function graphemesOf(text: string): string[] {
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}
