export type Direction = 'ltr' | 'rtl';

// The scripts of Unicode written from right to left that a language tag can lead to today.
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

/**
 * The direction a language is written in, by its script (`az-Arab` is right to left, `az` is not).
 * @param tag BCP 47; one that cannot be read gives `ltr`
 */
export function directionOf(tag: string): Direction {
  // The region XB is set aside for pseudo-locales that read from right to left (Unicode CLDR).
  if (/-XB$/.test(tag)) return 'rtl';
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}
