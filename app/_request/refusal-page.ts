import type { MessageKey } from '../../lib/i18n/messages.ts';
import type { MessageValues, Translator } from '../../lib/i18n/translator.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/**
 * The content policy of what is no page. `next.config.ts` says the same, for answers that no handler of ours makes; the hash is of `STYLE`.
 */
export const NO_PAGE_POLICY =
  "default-src 'none'; style-src 'sha256-dQttk9JFiQs8625J6OPpPtDEVEsMBo8mS6i8JoJ6vqc='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The headers of every answer of a handler: nothing of it is stored, framed, run or read as another type. */
export const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': NO_PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

// A route handler cannot render the app's pages; this one has to stand alone, in the colours of `tokens.css`.
export const STYLE = [
  ':root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1c1c1a;--accent:#0b5466}',
  '@media(prefers-color-scheme:dark){:root{--paper:#141618;--ink:#e9e6df;--accent:#86c8d6}}',
  'body{margin:0 auto;max-inline-size:38rem;padding:4rem 1rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif}',
  'h1{font:600 1.75rem/1.3 Georgia,serif}a{color:var(--accent);text-underline-offset:.18em}',
  'a:focus-visible{outline:3px solid #ffbf47;box-shadow:0 0 0 5px #1c1c1a}',
].join('');

export interface Standing {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly href: string; readonly label: string };
}

/** A short page of a handler, in HTML. Its link tells nobody where it stood: that address may bear a token. */
export function standingPage(t: Translator, { title, paragraphs, link }: Standing): string {
  const said = [
    ...paragraphs.map(escapeHtml),
    ...(link ? [`<a rel="noreferrer" href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>`] : []),
  ];
  const [head, body] = [escapeHtml(title), said.map((line) => `<p>${line}</p>`).join('')];
  return `<!doctype html><html lang="${t.locale}" dir="${t.direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${head}</title><style>${STYLE}</style><main><h1>${head}</h1>${body}</main></html>`;
}

/**
 * For requests that cannot be answered by going back to a form.
 * @param form the path of a form that kept what was typed; without one, the browser's own way back is named
 */
export function refusalPage(t: Translator, status: number, key: MessageKey, values: MessageValues = {}, form?: string): Response {
  const title = t(key.startsWith('failure.') ? 'failure.title' : 'refused.title');
  const page =
    form === undefined
      ? { title, paragraphs: [t(key, values), t('refused.go-back')] }
      : { title, paragraphs: [t(key, values)], link: { href: form, label: t('refused.to-form') } };
  return new Response(standingPage(t, page), { status, headers: { ...ANSWER_HEADERS, 'content-type': 'text/html; charset=utf-8' } });
}
