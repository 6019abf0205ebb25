import { type Script, scriptOfLanguage } from './scripts.ts';

/** The committed fonts by family, and which of them are tried for a character, in what order. */
export type Style = 'regular' | 'bold' | 'italic' | 'bold-italic';

export interface Family {
  readonly name: string;
  /** File name before `-Regular.ttf`; also the PDF's BaseFont. */
  readonly base: string;
  readonly weights: 'regular' | 'regular-bold' | 'all';
}

const family = (name: string, weights: Family['weights'] = 'regular-bold'): Family => ({ name, base: name.replaceAll(' ', ''), weights });

export const SERIF = family('Noto Serif', 'all');
export const VAZIRMATN = family('Vazirmatn');
const NASKH = family('Noto Naskh Arabic');
const HEBREW = family('Noto Serif Hebrew');
const DEVANAGARI = family('Noto Serif Devanagari');
const BENGALI = family('Noto Serif Bengali');
const TAMIL = family('Noto Sans Tamil');
const THAI = family('Noto Sans Thai');
const ARMENIAN = family('Noto Sans Armenian');
const GEORGIAN = family('Noto Sans Georgian');
const SIMPLIFIED = family('Noto Sans SC', 'regular');
const TRADITIONAL = family('Noto Sans TC', 'regular');
const JAPANESE = family('Noto Sans JP', 'regular');
const KOREAN = family('Noto Sans KR', 'regular');
const MATHS = family('Noto Sans Math', 'regular');
const SYMBOLS = family('Noto Sans Symbols 2', 'regular');

/** Whose shapes a Han character takes: Chinese simplified or traditional, Japanese, Korean. */
export type HanForm = 'SC' | 'TC' | 'JP' | 'KR';

const HAN_ORDER: Readonly<Record<HanForm, readonly Family[]>> = {
  SC: [SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN],
  TC: [TRADITIONAL, SIMPLIFIED, JAPANESE, KOREAN],
  JP: [JAPANESE, SIMPLIFIED, TRADITIONAL, KOREAN],
  KR: [KOREAN, JAPANESE, SIMPLIFIED, TRADITIONAL],
};

/** Null for a language that is not written with Han characters. */
export function hanFormOfLanguage(language: string): HanForm | null {
  switch (scriptOfLanguage(language)) {
    case 'Kana':
      return 'JP';
    case 'Hang':
      return 'KR';
    case 'Hani':
      return new Intl.Locale(language).maximize().script === 'Hant' ? 'TC' : 'SC';
    default:
      return null;
  }
}

/** The family a script is at home in; null for `Zyyy`. */
export function homeFamily(script: Script, han: HanForm): Family | null {
  switch (script) {
    case 'Latn':
    case 'Grek':
    case 'Cyrl':
      return SERIF;
    case 'Arab':
      return VAZIRMATN;
    case 'Hebr':
      return HEBREW;
    case 'Deva':
      return DEVANAGARI;
    case 'Beng':
      return BENGALI;
    case 'Taml':
      return TAMIL;
    case 'Thai':
      return THAI;
    case 'Armn':
      return ARMENIAN;
    case 'Geor':
      return GEORGIAN;
    case 'Kana':
      return JAPANESE;
    case 'Hang':
      return KOREAN;
    case 'Hani':
      return HAN_ORDER[han][0] ?? SIMPLIFIED;
    case 'Zyyy':
      return null;
  }
}

/** Every family, in the order they are asked for a character of this script; the large Han fonts last unless it is theirs. */
export function familiesFor(script: Script, base: Family, han: HanForm): readonly Family[] {
  const home = homeFamily(script, han);
  const small = [SERIF, VAZIRMATN, NASKH, MATHS, SYMBOLS, HEBREW, DEVANAGARI, BENGALI, TAMIL, THAI, ARMENIAN, GEORGIAN];
  const large = HAN_ORDER[han];
  const first = home ?? base;
  const order = large.includes(first)
    ? [first, ...large, ...small]
    : script === 'Arab'
      ? [first, NASKH, ...small, ...large]
      : [first, base, ...small, ...large];
  return [...new Set(order)];
}

/** The style a family can give when another is asked for. */
export function nearestStyle(of: Family, style: Style): Style {
  if (of.weights === 'all') return style;
  if (of.weights === 'regular') return 'regular';
  return style === 'bold' || style === 'bold-italic' ? 'bold' : 'regular';
}

const SUFFIX: Readonly<Record<Style, string>> = { regular: 'Regular', bold: 'Bold', italic: 'Italic', 'bold-italic': 'BoldItalic' };
export const faceName = (of: Family, style: Style): string => `${of.base}-${SUFFIX[style]}`;
