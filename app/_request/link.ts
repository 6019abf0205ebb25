import { type CookieName, clearCookie, setCookie } from './cookies.ts';
import { ANSWER_HEADERS } from './refusal-page.ts';

export interface Landing {
  readonly cookie: CookieName;
  readonly token: string;
  /** The clean path the form stands on. */
  readonly to: `/${string}`;
  readonly secure: boolean;
  /** Seconds; left out, until the browser closes. */
  readonly maxAge?: number;
}

/**
 * Answers the visit of a personal link (`GET /i/<token>`): the token moves into a cookie and the visitor to a clean address, so that
 * no page with a form bears a token in its address, its history or a Referer. It changes nothing: mail scanners open every link.
 * What an earlier visitor of this browser typed is dropped with it.
 */
export function land({ cookie, token, to, secure, maxAge }: Landing): Response {
  const headers = new Headers({ ...ANSWER_HEADERS, location: to });
  headers.append('set-cookie', setCookie(cookie, token, maxAge === undefined ? { secure } : { secure, maxAge }));
  headers.append('set-cookie', clearCookie('form', secure));
  headers.append('set-cookie', clearCookie('notice', secure));
  return new Response(null, { status: 303, headers });
}
