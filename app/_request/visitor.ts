import { chooseLocale } from '../../lib/i18n/choose-locale.ts';
import { localesFor } from '../../lib/i18n/locales.ts';
import { type Translator, translator } from '../../lib/i18n/translator.ts';
import { clientAddress, networkOf } from './client-address.ts';
import { type CookieName, readCookie } from './cookies.ts';
import type { Instance } from './instance.ts';

/** A request as the gates and commands see it: what it brought, and nothing that could answer it. */
export interface Visitor {
  readonly headers: Headers;
  /** The dynamic parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
  /** The network the request comes from (`192.0.2.0/24`), for rates; `unknown` where it cannot be told. */
  readonly network: string;
  readonly t: Translator;
  readonly now: Date;
  cookie(name: CookieName): string | null;
}

export function visitorOf(request: Request, params: unknown, { secureCookies, trustedHops, now }: Instance): Visitor {
  const { headers } = request;
  const cookie = (name: CookieName): string | null => readCookie(headers.get('cookie'), name, secureCookies);
  const wishes = { cookie: cookie('lang'), acceptLanguage: headers.get('accept-language') };
  const address = clientAddress(headers, trustedHops);
  return {
    headers,
    params: Object.fromEntries(Object.entries(params ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    search: new URL(request.url, 'http://localhost').searchParams,
    network: address === null ? 'unknown' : networkOf(address),
    t: translator(chooseLocale(wishes, localesFor('public'))),
    now: now(),
    cookie,
  };
}
