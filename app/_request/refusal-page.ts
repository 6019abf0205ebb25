import type { MessageKey } from '../../lib/i18n/messages.ts';
import type { MessageValues, Translator } from '../../lib/i18n/translator.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/**
 * The content policy of what is no page. `next.config.ts` says the same, for answers that no handler of ours makes; the hash is of `STYLE`.
 */
export const NO_PAGE_POLICY =
  "default-src 'none'; style-src 'sha256-bhsL3trkFVh/2gR2lYjX4TUUHg4ZHZYpJNd1FvCckEM='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The headers of every answer of a handler: nothing of it is stored, framed, run or read as another type. */
export const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': NO_PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

// A route handler cannot render the app's pages; this one has to stand alone.
export const STYLE =
  ':root{color-scheme:light dark}body{margin:0 auto;max-inline-size:36rem;padding:4rem 1rem;font:1rem/1.6 system-ui,sans-serif}h1{font:600 1.75rem/1.2 Georgia,serif}';

/** A short page for requests that cannot be answered by going back to a form. */
export function refusalPage(t: Translator, status: number, key: MessageKey, values: MessageValues = {}): Response {
  const title = escapeHtml(t(key.startsWith('failure.') ? 'failure.title' : 'refused.title'));
  const html = `<!doctype html><html lang="${t.locale}" dir="${t.direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${escapeHtml(t(key, values))}</p><p>${escapeHtml(t('refused.go-back'))}</p></main></html>`;
  return new Response(html, { status, headers: { ...ANSWER_HEADERS, 'content-type': 'text/html; charset=utf-8' } });
}
