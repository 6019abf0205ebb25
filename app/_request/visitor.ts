import { chooseLocale } from '../../lib/i18n/choose-locale.ts';
import { localesFor } from '../../lib/i18n/locales.ts';
import { type Translator, translator } from '../../lib/i18n/translator.ts';
import { clientAddress, networkOf } from './client-address.ts';
import { type CookieName, readCookie } from './cookies.ts';
import type { Instance } from './instance.ts';

/**
 * A request as the gates and commands see it: what it brought, and nothing that could answer it. Most acts ask neither for the language nor
 * for the network: each is worked out for whoever asks first.
 */
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
  let [search, network, t]: [search?: URLSearchParams, network?: string, t?: Translator] = [];
  return {
    headers,
    params: Object.fromEntries(Object.entries(params ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    get search() {
      search ??= new URL(request.url, 'http://localhost').searchParams;
      return search;
    },
    get network() {
      network ??= networkAt(clientAddress(headers, trustedHops));
      return network;
    },
    get t() {
      t ??= translator(chooseLocale({ cookie: cookie('lang'), acceptLanguage: headers.get('accept-language') }, localesFor('public')));
      return t;
    },
    now: now(),
    cookie,
  };
}

const networkAt = (address: string | null): string => (address === null ? 'unknown' : networkOf(address));
