import { languageAndScript } from './language.ts';

export type Direction = 'ltr' | 'rtl';

/** The scripts of Unicode written from right to left that a language tag can lead to today. */
const RIGHT_TO_LEFT_SCRIPTS: ReadonlySet<string> = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

/**
 * The direction in which a language is written, from its script: the one the tag names (`az-Arab`) or the one CLDR holds likely
 * (`fa` → Arab). A tag that is not BCP 47 is left to right.
 */
export function languageDirection(language: string): Direction {
  // The region XB is set aside for pseudo-locales that read from right to left (Unicode CLDR).
  if (/-XB$/.test(language)) return 'rtl';
  const script = languageAndScript(language)?.script ?? null;
  return script !== null && RIGHT_TO_LEFT_SCRIPTS.has(script) ? 'rtl' : 'ltr';
}

const FIRST_STRONG = /\p{L}/u;
const RIGHT_TO_LEFT_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}\p{Script=Hanifi_Rohingya}\p{Script=Yezidi}\p{Script=Mende_Kikakui}]/u;

/** The direction of the first letter, or null where there is none (UAX #9, rules P2 and P3, with letters for strong characters). */
export function firstStrongDirection(text: string): Direction | null {
  const letter = FIRST_STRONG.exec(text);
  if (letter === null) return null;
  return RIGHT_TO_LEFT_LETTER.test(letter[0]) ? 'rtl' : 'ltr';
}
