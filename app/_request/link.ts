import { loadConfig } from '../../lib/config.ts';
import { parseToken } from '../../lib/crypto/tokens.ts';
import type { MessageKey } from '../../lib/i18n/messages.ts';
import type { Translator } from '../../lib/i18n/translator.ts';
import { type CookieName, clearCookie, setCookie } from './cookies.ts';
import { LINK_MINUTES } from './form-drafts.ts';
import { ANSWER_HEADERS, standingPage } from './refusal-page.ts';

type MailLink = 'invitation' | 'own-page' | 'confirmation' | 'mail-stop';

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
 * What an earlier visitor of this browser typed is dropped with it, but for answers to an invitation, which show only under their own.
 */
export function land(landing: Landing): Response {
  return new Response(null, { status: 303, headers: landed(landing, { location: landing.to }) });
}

/**
 * The link of a mail, which is its owner's key for some hours. Whether it opens anything is for the page to say; what is no token of this
 * kind ends the cookie of an earlier one.
 */
export function landByMail(kind: MailLink, text: string, to: Landing['to']): Response {
  const mailed = parseToken(kind, text);
  // A link that a coordinator handed over opens the same page as one that was mailed.
  const token = !mailed.ok && kind === 'invitation' ? parseToken('hand-delivered', text) : mailed;
  const { secureCookies: secure } = loadConfig();
  return land({ cookie: kind, token: token.ok ? token.value : '', to, secure, maxAge: token.ok ? LINK_MINUTES * 60 : 0 });
}

/** The same as `land` with 200 and a short page that leads on. */
export function landStanding(landing: Landing, t: Translator, words: Readonly<Record<'title' | 'text' | 'button', MessageKey>>): Response {
  const page = standingPage(t, { title: t(words.title), paragraphs: [t(words.text)], link: { href: landing.to, label: t(words.button) } });
  return new Response(page, { status: 200, headers: landed(landing, { 'content-type': 'text/html; charset=utf-8' }) });
}

function landed({ cookie, token, secure, maxAge }: Landing, more: Readonly<Record<string, string>>): Headers {
  const headers = new Headers({ ...ANSWER_HEADERS, ...more });
  headers.append('set-cookie', setCookie(cookie, token, maxAge === undefined ? { secure } : { secure, maxAge }));
  headers.append('set-cookie', clearCookie('form', secure));
  headers.append('set-cookie', clearCookie('notice', secure));
  return headers;
}
