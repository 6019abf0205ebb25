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
const SIMPLIFIED = family('Noto Sans SC', 'regular');
const TRADITIONAL = family('Noto Sans TC', 'regular');
const JAPANESE = family('Noto Sans JP', 'regular');
const KOREAN = family('Noto Sans KR', 'regular');
const MATHS = family('Noto Sans Math', 'regular');
const SYMBOLS = family('Noto Sans Symbols 2', 'regular');

/** Where each script is at home, but for the Han characters. */
const HOMES: Readonly<Record<Exclude<Script, 'Hani' | 'Zyyy'>, Family>> = {
  Latn: SERIF,
  Grek: SERIF,
  Cyrl: SERIF,
  Armn: family('Noto Sans Armenian'),
  Geor: family('Noto Sans Georgian'),
  Arab: VAZIRMATN,
  Hebr: family('Noto Serif Hebrew'),
  Syrc: family('Noto Sans Syriac'),
  Mand: family('Noto Sans Mandaic', 'regular'),
  Samr: family('Noto Sans Samaritan', 'regular'),
  Yezi: family('Noto Serif Yezidi'),
  Thaa: family('Noto Sans Thaana'),
  Deva: family('Noto Serif Devanagari'),
  Beng: family('Noto Serif Bengali'),
  Guru: family('Noto Serif Gurmukhi'),
  Gujr: family('Noto Serif Gujarati'),
  Orya: family('Noto Sans Oriya'),
  Taml: family('Noto Sans Tamil'),
  Telu: family('Noto Serif Telugu'),
  Knda: family('Noto Serif Kannada'),
  Mlym: family('Noto Serif Malayalam'),
  Sinh: family('Noto Serif Sinhala'),
  Mtei: family('Noto Sans Meetei Mayek'),
  Olck: family('Noto Sans Ol Chiki'),
  Cakm: family('Noto Sans Chakma', 'regular'),
  Sylo: family('Noto Sans Syloti Nagri', 'regular'),
  Saur: family('Noto Sans Saurashtra', 'regular'),
  Newa: family('Noto Sans Newa', 'regular'),
  Lepc: family('Noto Sans Lepcha', 'regular'),
  Limb: family('Noto Sans Limbu', 'regular'),
  Wcho: family('Noto Sans Wancho', 'regular'),
  Gong: family('Noto Sans Gunjala Gondi', 'regular'),
  Gonm: family('Noto Sans Masaram Gondi', 'regular'),
  Wara: family('Noto Sans Warang Citi', 'regular'),
  Sora: family('Noto Sans Sora Sompeng'),
  Mroo: family('Noto Sans Mro', 'regular'),
  Ahom: family('Noto Serif Ahom', 'regular'),
  Tibt: family('Noto Serif Tibetan'),
  Thai: family('Noto Sans Thai'),
  Laoo: family('Noto Serif Lao'),
  Khmr: family('Noto Serif Khmer'),
  Mymr: family('Noto Serif Myanmar'),
  Cham: family('Noto Sans Cham'),
  Kali: family('Noto Sans Kayah Li'),
  Tale: family('Noto Sans Tai Le', 'regular'),
  Talu: family('Noto Sans New Tai Lue', 'regular'),
  Lana: family('Noto Sans Tai Tham'),
  Tavt: family('Noto Sans Tai Viet', 'regular'),
  Hmng: family('Noto Sans Pahawh Hmong', 'regular'),
  Hmnp: family('Noto Serif Nyiakeng Puachue Hmong'),
  Rohg: family('Noto Sans Hanifi Rohingya'),
  Bali: family('Noto Serif Balinese', 'regular'),
  Java: family('Noto Sans Javanese'),
  Sund: family('Noto Sans Sundanese'),
  Batk: family('Noto Sans Batak', 'regular'),
  Bugi: family('Noto Sans Buginese', 'regular'),
  Rjng: family('Noto Sans Rejang', 'regular'),
  Tglg: family('Noto Sans Tagalog', 'regular'),
  Hano: family('Noto Sans Hanunoo', 'regular'),
  Buhd: family('Noto Sans Buhid', 'regular'),
  Tagb: family('Noto Sans Tagbanwa', 'regular'),
  Kana: JAPANESE,
  Hang: KOREAN,
  Yiii: family('Noto Sans Yi', 'regular'),
  Lisu: family('Noto Sans Lisu'),
  Plrd: family('Noto Sans Miao', 'regular'),
  Mong: family('Noto Sans Mongolian', 'regular'),
  Ethi: family('Noto Serif Ethiopic'),
  Tfng: family('Noto Sans Tifinagh', 'regular'),
  Nkoo: family('Noto Sans NKo', 'regular'),
  Vaii: family('Noto Sans Vai', 'regular'),
  Bamu: family('Noto Sans Bamum'),
  Adlm: family('Noto Sans Adlam'),
  Mend: family('Noto Sans Mende Kikakui', 'regular'),
  Medf: family('Noto Sans Medefaidrin'),
  Bass: family('Noto Sans Bassa Vah', 'regular'),
  Osma: family('Noto Sans Osmanya', 'regular'),
  Cher: family('Noto Sans Cherokee'),
  Cans: family('Noto Sans Canadian Aboriginal'),
  Osge: family('Noto Sans Osage', 'regular'),
};

/** Asked for whatever is not at home in a family of its own, and for what that one lacks: to open every font for one sign costs more than a short letter. */
const COMMON = [
  SERIF,
  VAZIRMATN,
  NASKH,
  MATHS,
  SYMBOLS,
  HOMES.Hebr,
  HOMES.Deva,
  HOMES.Beng,
  HOMES.Taml,
  HOMES.Thai,
  HOMES.Armn,
  HOMES.Geor,
];

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
  if (script === 'Zyyy') return null;
  return script === 'Hani' ? (HAN_ORDER[han][0] ?? SIMPLIFIED) : HOMES[script];
}

/**
 * The families that are asked for a character of this script, in this order; the large Han fonts last unless it is theirs. The fonts of
 * a script that is not among the common ones are asked for its own characters only.
 */
export function familiesFor(script: Script, base: Family, han: HanForm): readonly Family[] {
  const first = homeFamily(script, han) ?? base;
  const large = HAN_ORDER[han];
  const order = large.includes(first)
    ? [first, ...large, ...COMMON]
    : script === 'Arab'
      ? [first, NASKH, ...COMMON, ...large]
      : [first, base, ...COMMON, ...large];
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
