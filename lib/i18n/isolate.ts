import type { Direction } from '../text/direction.ts';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const LEFT_TO_RIGHT_LETTER =
  /(?=\p{L})[^\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Keeps a name or title from reordering the sentence it is put into (UAX #9, isolates), where its direction is another than the sentence's.
 * Links are left as they are: mail programs take the closing control for a part of the address.
 */
export function isolate(text: string, direction: Direction): string {
  if (/^(?:https?|mailto):/.test(text)) return text;
  const foreign = direction === 'ltr' ? RIGHT_TO_LEFT_LETTER : LEFT_TO_RIGHT_LETTER;
  return foreign.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;
}
