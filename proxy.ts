import { type NextRequest, NextResponse } from 'next/server';
import { contentPolicy, framesMail, inlineStyles, runsScripts } from './app/_request/content-policy.ts';
import { clearCookie, cookieName, readCookie, setCookie } from './app/_request/cookies.ts';
import { HAND_LINK_HEADER, LOCALE_HEADER, NOTICE_HEADER } from './app/_request/handed-on.ts';
import { loadConfig } from './lib/config.ts';
import { LOCALES } from './lib/i18n/locales.ts';

const YEAR_SECONDS = 31_536_000;

/**
 * Decorates page answers: the content policy with its nonce, HSTS, the chosen language, the notice shown once. It guards nothing:
 * who may see or do what is decided where the row is read or written.
 */
export function proxy(request: NextRequest): NextResponse {
  const { secureCookies: secure } = loadConfig();
  const { pathname, searchParams } = request.nextUrl;
  const nonce = runsScripts(pathname) ? Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64') : null;
  const policy = contentPolicy({
    nonce,
    https: secure,
    development: process.env.NODE_ENV === 'development',
    styles: inlineStyles(pathname),
    frames: framesMail(pathname),
  });

  // Whatever a sender put into these headers is overwritten or dropped: Next takes the nonce of its own tags from the request's policy.
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  for (const name of ['content-security-policy-report-only', 'x-nonce', LOCALE_HEADER, NOTICE_HEADER, HAND_LINK_HEADER])
    headers.delete(name);

  const lang = searchParams.get('lang');
  if (lang !== null && /^[A-Za-z-]{2,12}$/.test(lang)) headers.set(LOCALE_HEADER, lang);
  const notice = shows(request) ? readCookie(request.headers.get('cookie'), 'notice', secure) : null;
  if (notice !== null) headers.set(NOTICE_HEADER, notice);

  const handLink =
    HAND_LINK_PATH.test(pathname) && request.method === 'GET' && shows(request)
      ? readCookie(request.headers.get('cookie'), 'hand-link', secure)
      : null;
  if (handLink !== null) headers.set(HAND_LINK_HEADER, handLink);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (secure) response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  if (notice !== null) response.headers.append('set-cookie', clearCookie('notice', secure));
  if (handLink !== null) response.headers.append('set-cookie', clearCookie('hand-link', secure));
  const chosen = LOCALES.find((locale) => locale === lang);
  if (chosen !== undefined && request.cookies.get(cookieName('lang', secure))?.value !== chosen) {
    response.headers.append('set-cookie', setCookie('lang', chosen, { secure, maxAge: YEAR_SECONDS }));
  }
  return response;
}

/** Where a link that a coordinator hands over is shown, once. */
const HAND_LINK_PATH = /^\/letters\/[\w-]+\/invitations\/[\w-]+\/link$/;

/** Whether somebody will see this answer: a prefetch would use up the notice unseen. */
const shows = ({ headers }: NextRequest): boolean =>
  !headers.has('next-router-prefetch') && !/prefetch/.test(`${headers.get('purpose')} ${headers.get('sec-purpose')}`);

export const config = {
  // Page GETs only: a request with a body has a Content-Type, and running here would double its cost and cut it at 10 MB.
  matcher: [{ source: '/((?!_next/|fonts/|api/).*)', missing: [{ type: 'header', key: 'content-type' }] }],
};
