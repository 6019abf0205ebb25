import { type AnyLocale, DEFAULT_LOCALE, type Locale, PSEUDO_LOCALE } from './locales.ts';

/** What is known of the language a visitor wants, the strongest wish first. */
export interface LocaleWishes {
  /** `?lang=` of the address. */
  readonly query?: string | null | undefined;
  /** What an earlier `?lang=` left. */
  readonly cookie?: string | null | undefined;
  /** BCP 47; the language of the letter the page is about. */
  readonly letterLanguage?: string | null | undefined;
  /** The header as sent (RFC 9110 §12.5.4). */
  readonly acceptLanguage?: string | null | undefined;
}

/**
 * The interface language for a visitor: the explicit choice, then the letter's language, then the browser's.
 * @param pseudo whether the pseudo-locale may be asked for: on pages alone, what is sent and stored stays in a language
 */
export function chooseLocale(wishes: LocaleWishes, offered: readonly Locale[], pseudo = false): AnyLocale {
  for (const explicit of [wishes.query, wishes.cookie]) {
    if (pseudo && explicit === PSEUDO_LOCALE) return PSEUDO_LOCALE;
    const found = match(explicit, offered);
    if (found) return found;
  }
  const byLetter = match(wishes.letterLanguage, offered);
  if (byLetter) return byLetter;
  for (const tag of preferred(wishes.acceptLanguage ?? '')) {
    const found = match(tag, offered);
    if (found) return found;
  }
  return DEFAULT_LOCALE;
}

function match(tag: string | null | undefined, offered: readonly Locale[]): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return offered.find((locale) => locale === language);
}

/** The tags of an Accept-Language header, best first, without those of weight 0; at most twenty are read. */
function preferred(header: string): readonly string[] {
  return header
    .slice(0, 1_000)
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const weight = Number(parameters.find((piece) => piece.startsWith('q='))?.slice(2) ?? 1);
      return { tag, weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
