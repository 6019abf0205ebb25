/** Languages the form offers for a letter; a letter file may bring any. BCP 47. */
export const letterLanguages = [
  'en',
  'ar',
  'bn',
  'bg',
  'ca',
  'zh-Hans',
  'zh-Hant',
  'hr',
  'cs',
  'da',
  'nl',
  'et',
  'fi',
  'fr',
  'ka',
  'de',
  'el',
  'he',
  'hi',
  'hu',
  'hy',
  'id',
  'ga',
  'it',
  'ja',
  'ko',
  'ku',
  'lv',
  'lt',
  'mt',
  'nb',
  'fa',
  'pl',
  'pt',
  'ro',
  'ru',
  'sr',
  'sk',
  'sl',
  'es',
  'sw',
  'sv',
  'ta',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
] as const;

/** In its own words: a reader looks for `فارسی`, not for `Persian`. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/**
 * The languages a form offers, in the order of what they are called by those who read the page; each in its own words and in theirs, so
 * that somebody finds it who cannot read it.
 * @param locale of the page
 */
export function languageOptions(locale: string, tags: readonly string[]): readonly { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' });
  const { compare } = new Intl.Collator(locale);
  return tags
    .map((tag) => ({ value: tag, own: languageName(tag), name: names.of(tag) ?? tag }))
    .toSorted((one, other) => compare(one.name, other.name))
    .map(({ value, own, name }) => ({ value, label: own.toLowerCase() === name.toLowerCase() ? own : `${name} – ${own}` }));
}
