/** ISO 15924 code of the scripts the fonts cover; `Zyyy` is everything shared between scripts, and whatever is not in this list. */
export type Script =
  | 'Latn'
  | 'Grek'
  | 'Cyrl'
  | 'Armn'
  | 'Hebr'
  | 'Arab'
  | 'Deva'
  | 'Beng'
  | 'Taml'
  | 'Thai'
  | 'Geor'
  | 'Hani'
  | 'Kana'
  | 'Hang'
  | 'Zyyy';

const RANGES: readonly (readonly [from: number, to: number, script: Script])[] = [
  [0x41, 0x5a, 'Latn'],
  [0x61, 0x7a, 'Latn'],
  [0xaa, 0xaa, 'Latn'],
  [0xba, 0xba, 'Latn'],
  [0xc0, 0xd6, 'Latn'],
  [0xd8, 0xf6, 'Latn'],
  [0xf8, 0x2b8, 'Latn'],
  [0x370, 0x3ff, 'Grek'],
  [0x400, 0x52f, 'Cyrl'],
  [0x531, 0x58f, 'Armn'],
  [0x591, 0x5ff, 'Hebr'],
  [0x600, 0x6ff, 'Arab'],
  [0x750, 0x77f, 'Arab'],
  [0x870, 0x8ff, 'Arab'],
  [0x900, 0x97f, 'Deva'],
  [0x980, 0x9ff, 'Beng'],
  [0xb80, 0xbff, 'Taml'],
  [0xe00, 0xe7f, 'Thai'],
  [0x10a0, 0x10ff, 'Geor'],
  [0x1100, 0x11ff, 'Hang'],
  [0x1c80, 0x1c8f, 'Cyrl'],
  [0x1c90, 0x1cbf, 'Geor'],
  [0x1cd0, 0x1cff, 'Deva'],
  [0x1d00, 0x1dbf, 'Latn'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x1f00, 0x1fff, 'Grek'],
  [0x2c60, 0x2c7f, 'Latn'],
  [0x2d00, 0x2d2f, 'Geor'],
  [0x2de0, 0x2dff, 'Cyrl'],
  [0x2e80, 0x2fdf, 'Hani'],
  [0x3000, 0x303f, 'Hani'],
  [0x3040, 0x30ff, 'Kana'],
  [0x3100, 0x312f, 'Hani'],
  [0x3130, 0x318f, 'Hang'],
  [0x31a0, 0x31ef, 'Hani'],
  [0x31f0, 0x31ff, 'Kana'],
  [0x3200, 0x9fff, 'Hani'],
  [0xa640, 0xa69f, 'Cyrl'],
  [0xa720, 0xa7ff, 'Latn'],
  [0xa8e0, 0xa8ff, 'Deva'],
  [0xa960, 0xa97f, 'Hang'],
  [0xab30, 0xab6f, 'Latn'],
  [0xac00, 0xd7ff, 'Hang'],
  [0xf900, 0xfaff, 'Hani'],
  [0xfb00, 0xfb06, 'Latn'],
  [0xfb13, 0xfb17, 'Armn'],
  [0xfb1d, 0xfb4f, 'Hebr'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe30, 0xfe4f, 'Hani'],
  [0xfe70, 0xfefc, 'Arab'],
  [0xff01, 0xffef, 'Hani'],
  [0x1b000, 0x1b16f, 'Kana'],
  [0x1ee00, 0x1eeff, 'Arab'],
  [0x1f200, 0x1f2ff, 'Hani'],
  [0x20000, 0x3ffff, 'Hani'],
];

export function scriptOf(codePoint: number): Script {
  let low = 0;
  let high = RANGES.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = RANGES[middle];
    if (range === undefined || codePoint < range[0]) high = middle - 1;
    else if (codePoint > range[1]) low = middle + 1;
    else return range[2];
  }
  return 'Zyyy';
}

/** Script of the first character that has one of its own. */
export function leadingScript(text: string): Script {
  for (const character of text) {
    const script = scriptOf(character.codePointAt(0) ?? 0);
    if (script !== 'Zyyy') return script;
  }
  return 'Zyyy';
}

/** The script a language is mostly written in, as far as the fonts know it: by CLDR's likely subtags. */
export function scriptOfLanguage(language: string): Script {
  let script = scripts.get(language);
  if (script === undefined) {
    script = likelyScript(language);
    scripts.set(language, script);
  }
  return script;
}

const scripts = new Map<string, Script>();

function likelyScript(language: string): Script {
  let script: string | undefined;
  try {
    script = new Intl.Locale(language).maximize().script;
  } catch {
    return 'Latn';
  }
  switch (script) {
    case 'Hans':
    case 'Hant':
      return 'Hani';
    case 'Jpan':
      return 'Kana';
    case 'Kore':
      return 'Hang';
    case 'Aran':
      return 'Arab';
    default:
      return RANGES.find((range) => range[2] === script)?.[2] ?? 'Latn';
  }
}

// By UTF-16 unit, surrogates of U+10800–10FFF and U+1E800–1EFFF included: asked of every line, and faster without the u flag.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/;
export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);
