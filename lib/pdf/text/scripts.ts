/** Blocks of Unicode by the script whose fonts are asked first; marks, digits and punctuation that scripts share are in none. */
const RANGES = [
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
  [0x700, 0x74f, 'Syrc'],
  [0x750, 0x77f, 'Arab'],
  [0x780, 0x7bf, 'Thaa'],
  [0x7c0, 0x7ff, 'Nkoo'],
  [0x800, 0x83f, 'Samr'],
  [0x840, 0x85f, 'Mand'],
  [0x870, 0x8ff, 'Arab'],
  [0x900, 0x963, 'Deva'],
  [0x966, 0x97f, 'Deva'],
  [0x980, 0x9ff, 'Beng'],
  [0xa00, 0xa7f, 'Guru'],
  [0xa80, 0xaff, 'Gujr'],
  [0xb00, 0xb7f, 'Orya'],
  [0xb80, 0xbff, 'Taml'],
  [0xc00, 0xc7f, 'Telu'],
  [0xc80, 0xcff, 'Knda'],
  [0xd00, 0xd7f, 'Mlym'],
  [0xd80, 0xdff, 'Sinh'],
  [0xe00, 0xe7f, 'Thai'],
  [0xe80, 0xeff, 'Laoo'],
  [0xf00, 0xfff, 'Tibt'],
  [0x1000, 0x109f, 'Mymr'],
  [0x10a0, 0x10ff, 'Geor'],
  [0x1100, 0x11ff, 'Hang'],
  [0x1200, 0x139f, 'Ethi'],
  [0x13a0, 0x13ff, 'Cher'],
  [0x1400, 0x167f, 'Cans'],
  [0x1700, 0x171f, 'Tglg'],
  [0x1720, 0x173f, 'Hano'],
  [0x1740, 0x175f, 'Buhd'],
  [0x1760, 0x177f, 'Tagb'],
  [0x1780, 0x17ff, 'Khmr'],
  [0x1800, 0x18af, 'Mong'],
  [0x18b0, 0x18ff, 'Cans'],
  [0x1900, 0x194f, 'Limb'],
  [0x1950, 0x197f, 'Tale'],
  [0x1980, 0x19df, 'Talu'],
  [0x19e0, 0x19ff, 'Khmr'],
  [0x1a00, 0x1a1f, 'Bugi'],
  [0x1a20, 0x1aaf, 'Lana'],
  [0x1b00, 0x1b7f, 'Bali'],
  [0x1b80, 0x1bbf, 'Sund'],
  [0x1bc0, 0x1bff, 'Batk'],
  [0x1c00, 0x1c4f, 'Lepc'],
  [0x1c50, 0x1c7f, 'Olck'],
  [0x1c80, 0x1c8f, 'Cyrl'],
  [0x1c90, 0x1cbf, 'Geor'],
  [0x1cc0, 0x1ccf, 'Sund'],
  [0x1cd0, 0x1cff, 'Deva'],
  [0x1d00, 0x1dbf, 'Latn'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x1f00, 0x1fff, 'Grek'],
  [0x2c60, 0x2c7f, 'Latn'],
  [0x2d00, 0x2d2f, 'Geor'],
  [0x2d30, 0x2d7f, 'Tfng'],
  [0x2d80, 0x2ddf, 'Ethi'],
  [0x2de0, 0x2dff, 'Cyrl'],
  [0x2e80, 0x2fdf, 'Hani'],
  [0x3000, 0x303f, 'Hani'],
  [0x3040, 0x30ff, 'Kana'],
  [0x3100, 0x312f, 'Hani'],
  [0x3130, 0x318f, 'Hang'],
  [0x31a0, 0x31ef, 'Hani'],
  [0x31f0, 0x31ff, 'Kana'],
  [0x3200, 0x9fff, 'Hani'],
  [0xa000, 0xa4cf, 'Yiii'],
  [0xa4d0, 0xa4ff, 'Lisu'],
  [0xa500, 0xa63f, 'Vaii'],
  [0xa640, 0xa69f, 'Cyrl'],
  [0xa6a0, 0xa6ff, 'Bamu'],
  [0xa720, 0xa7ff, 'Latn'],
  [0xa800, 0xa82f, 'Sylo'],
  [0xa880, 0xa8df, 'Saur'],
  [0xa8e0, 0xa8ff, 'Deva'],
  [0xa900, 0xa92f, 'Kali'],
  [0xa930, 0xa95f, 'Rjng'],
  [0xa960, 0xa97f, 'Hang'],
  [0xa980, 0xa9df, 'Java'],
  [0xa9e0, 0xa9ff, 'Mymr'],
  [0xaa00, 0xaa5f, 'Cham'],
  [0xaa60, 0xaa7f, 'Mymr'],
  [0xaa80, 0xaadf, 'Tavt'],
  [0xaae0, 0xaaff, 'Mtei'],
  [0xab00, 0xab2f, 'Ethi'],
  [0xab30, 0xab6f, 'Latn'],
  [0xab70, 0xabbf, 'Cher'],
  [0xabc0, 0xabff, 'Mtei'],
  [0xac00, 0xd7ff, 'Hang'],
  [0xf900, 0xfaff, 'Hani'],
  [0xfb00, 0xfb06, 'Latn'],
  [0xfb13, 0xfb17, 'Armn'],
  [0xfb1d, 0xfb4f, 'Hebr'],
  [0xfb50, 0xfdff, 'Arab'],
  [0xfe30, 0xfe4f, 'Hani'],
  [0xfe70, 0xfefc, 'Arab'],
  [0xff01, 0xffef, 'Hani'],
  [0x10480, 0x104af, 'Osma'],
  [0x104b0, 0x104ff, 'Osge'],
  [0x10d00, 0x10d3f, 'Rohg'],
  [0x10e80, 0x10ebf, 'Yezi'],
  [0x110d0, 0x110ff, 'Sora'],
  [0x11100, 0x1114f, 'Cakm'],
  [0x11400, 0x1147f, 'Newa'],
  [0x11660, 0x1167f, 'Mong'],
  [0x11700, 0x1174f, 'Ahom'],
  [0x118a0, 0x118ff, 'Wara'],
  [0x11ab0, 0x11abf, 'Cans'],
  [0x11d00, 0x11d5f, 'Gonm'],
  [0x11d60, 0x11daf, 'Gong'],
  [0x11fb0, 0x11fbf, 'Lisu'],
  [0x16800, 0x16a3f, 'Bamu'],
  [0x16a40, 0x16a6f, 'Mroo'],
  [0x16ad0, 0x16aff, 'Bass'],
  [0x16b00, 0x16b8f, 'Hmng'],
  [0x16e40, 0x16e9f, 'Medf'],
  [0x16f00, 0x16f9f, 'Plrd'],
  [0x1b000, 0x1b16f, 'Kana'],
  [0x1e100, 0x1e14f, 'Hmnp'],
  [0x1e2c0, 0x1e2ff, 'Wcho'],
  [0x1e800, 0x1e8df, 'Mend'],
  [0x1e900, 0x1e95f, 'Adlm'],
  [0x1ee00, 0x1eeff, 'Arab'],
  [0x1f200, 0x1f2ff, 'Hani'],
  [0x20000, 0x3ffff, 'Hani'],
] as const satisfies readonly (readonly [from: number, to: number, script: string])[];

/** ISO 15924 code of the scripts the fonts cover; `Zyyy` is everything shared between scripts, and whatever is in none of the ranges. */
export type Script = (typeof RANGES)[number][2] | 'Zyyy';

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
