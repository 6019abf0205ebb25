import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import { loadConfig } from '../../lib/config.ts';
import { chooseLocale } from '../../lib/i18n/choose-locale.ts';
import { localesFor } from '../../lib/i18n/locales.ts';
import { type Translator, translator } from '../../lib/i18n/translator.ts';
import { readCookie } from './cookies.ts';
import { ANSWER_HEADERS, standingPage } from './refusal-page.ts';

// All copies of this module in a process must know; only globalThis is shared by them.
const process_: { undersignedFailedPages?: true } = globalThis as { undersignedFailedPages?: true };

/** What Next answers where a page throws: an empty body that its scripts would fill, and ours run none. */
const isEmptied = (status: number, type: OutgoingHttpHeader | undefined): boolean =>
  (status === 404 || status === 500) && String(type).startsWith('text/html');

function wordsOf(t: Translator, status: number): string {
  const link = { href: '/', label: t('not-found.start') };
  return status === 404
    ? standingPage(t, { title: t('not-found.title'), paragraphs: [t('not-found.text')], link })
    : standingPage(t, { title: t('failure.title'), paragraphs: [t('failure.text')], link });
}

function translatorFor({ headers }: IncomingMessage): Translator {
  const cookie = readCookie(headers.cookie ?? null, 'lang', loadConfig().secureCookies);
  return translator(chooseLocale({ cookie, acceptLanguage: headers['accept-language'] }, localesFor('public')));
}

/** Lets a response of Next through, but for an emptied page, in whose place a whole one goes out. */
function replaceEmptied(request: IncomingMessage, response: ServerResponse): void {
  let page: string | null = null;
  const { writeHead, write, end } = response;

  response.writeHead = function replaced(this: ServerResponse, status: number, ...rest: unknown[]) {
    // A handler's own answer has the policy of what is no page, and whole words.
    const own = response.getHeader('content-security-policy') === ANSWER_HEADERS['content-security-policy'];
    if (!own && isEmptied(status, response.getHeader('content-type'))) {
      page = wordsOf(translatorFor(request), status);
      for (const name of ['content-encoding', 'transfer-encoding', 'link', 'etag', 'vary']) response.removeHeader(name);
      for (const [name, value] of Object.entries(ANSWER_HEADERS)) response.setHeader(name, value);
      response.setHeader('content-length', Buffer.byteLength(page));
      return writeHead.call(response, status);
    }
    return (writeHead as (...all: unknown[]) => ServerResponse).call(response, status, ...rest);
  } as typeof response.writeHead;

  const head = () => {
    if (!response.headersSent) response.writeHead(response.statusCode);
  };
  response.write = function replaced(...all: unknown[]) {
    head();
    if (page === null) return (write as (...all: unknown[]) => boolean).apply(response, all);
    const done = all.at(-1);
    if (typeof done === 'function') queueMicrotask(done as () => void);
    return true;
  } as typeof response.write;
  response.end = function replaced(...all: unknown[]) {
    head();
    if (page === null) return (end as (...all: unknown[]) => ServerResponse).apply(response, all);
    const done = all.at(-1);
    return end.call(response, request.method === 'HEAD' ? '' : page, 'utf8', typeof done === 'function' ? (done as () => void) : undefined);
  } as typeof response.end;
}

/**
 * Gives a page that is not there, or that failed, words: Next answers either with an empty document and leaves the rest to scripts, which
 * no page of ours but the desk's runs. All such pages are the same bytes, whether nothing is there or it is not open to whoever asks.
 * To be called once, when the server starts (instrumentation).
 */
export function giveFailedPagesWords(): void {
  if (process_.undersignedFailedPages) return;
  process_.undersignedFailedPages = true;
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.method === 'GET' || request.method === 'HEAD') replaceEmptied(request, response);
  });
}
