import { cookies, headers } from 'next/headers';
import { loadConfig } from '../../lib/config.ts';
import { chooseLocale } from '../../lib/i18n/choose-locale.ts';
import { type Audience, localesFor } from '../../lib/i18n/locales.ts';
import { type Translator, translator } from '../../lib/i18n/translator.ts';
import { cookieName } from './cookies.ts';
import { LOCALE_HEADER } from './handed-on.ts';

/**
 * The translator of this request. Made anew for each: nothing of one visitor's language can reach another's page.
 * @param letterLanguage BCP 47, on pages about one letter
 */
export async function requestTranslator(audience: Audience = 'public', letterLanguage?: string): Promise<Translator> {
  const [head, jar] = [await headers(), await cookies()];
  const { secureCookies, pseudoLocale } = loadConfig();
  const wishes = {
    query: head.get(LOCALE_HEADER),
    cookie: jar.get(cookieName('lang', secureCookies))?.value,
    letterLanguage,
    acceptLanguage: head.get('accept-language'),
  };
  return translator(chooseLocale(wishes, localesFor(audience), pseudoLocale));
}
