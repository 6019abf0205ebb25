import type { MailMessage } from './message.ts';

/** Words that somebody wrote by hand, in whatever language: they run in a direction of their own. */
export interface Written {
  readonly written: string;
}

/** What a mail says. The outbox keeps it like this; what a mail program shows of it is made when it leaves. */
export interface MailContent {
  /** BCP 47, and the direction it is written in. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly fromName: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  /** Plain sentences; a line break stays one. Names among them are already isolated (`lib/i18n/isolate.ts`). */
  readonly paragraphs: readonly (string | Written)[];
  /** The one thing to do: a button, and the bare address under it for those whose mail program shows none. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Small print under a line: who sent this and why it came. */
  readonly footer?: readonly string[];
  /** The way to get no more of these, at the very end. */
  readonly stop?: {
    readonly label: string;
    readonly url: string;
    /** For a test: a mail program's own button would stop further mails, and there are none. */
    readonly withoutHeader?: true;
  };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** A header is one line, whatever was typed into the headline it quotes. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Only line breaks are kept of the controls; CR would end a line of its own in some mail programs. */
const plain = (text: string) =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim();

const FONT = "font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5;color:#1d1d1f";
const SMALL = 'font-family:Arial,Helvetica,sans-serif;font-size:13px;line-height:1.5;color:#55555a';
const BUTTON =
  'display:inline-block;padding:12px 20px;background:#1f4b73;color:#ffffff;text-decoration:none;border-radius:4px;font-family:Arial,Helvetica,sans-serif;font-size:16px;font-weight:bold';

/** For mail programs that keep it, on a dark screen; it overrules the attributes. */
const DARK =
  '@media (prefers-color-scheme:dark){body{background:#17181b!important}p{color:#ececee!important}.small,.small a{color:#b4b4bb!important}hr{border-top-color:#44464c!important}}';

const words = (text: string | Written): string => plain(typeof text === 'string' ? text : text.written);

function paragraph(text: string | Written, style: string): string {
  const direction = typeof text === 'string' ? '' : ' dir="auto"';
  const small = style === SMALL ? ' class="small"' : '';
  return `<p${direction}${small} style="margin:0 0 16px;${style}">${escapeHtml(words(text)).replaceAll('\n', '<br>')}</p>`;
}

function htmlOf({ language, direction, subject, paragraphs, action, footer = [], stop }: MailContent): string {
  const link = action
    ? `<p style="margin:24px 0 8px"><a href="${escapeHtml(action.url)}" style="${BUTTON}">${escapeHtml(plain(action.label))}</a></p>
<p dir="ltr" class="small" style="margin:0 0 24px;${SMALL};text-align:${direction === 'rtl' ? 'right' : 'left'};word-break:break-all">${escapeHtml(action.url)}</p>
`
    : '';
  const stopLine = stop
    ? `<p class="small" style="margin:0 0 16px;${SMALL}"><a href="${escapeHtml(stop.url)}" style="color:#55555a">${escapeHtml(plain(stop.label))}</a></p>\n`
    : '';
  const small =
    footer.length > 0 || stop
      ? `<hr style="border:0;border-top:1px solid #d5d5da;margin:24px 0 16px">
${footer.map((text) => `${paragraph(text, SMALL)}\n`).join('')}${stopLine}`
      : '';
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><style>${DARK}</style><title>${escapeHtml(oneLine(subject))}</title></head>
<body style="margin:0;padding:24px;background:#ffffff">
<div lang="${escapeHtml(language)}" dir="${direction}" style="max-width:560px;margin:0 auto">
${paragraphs.map((text) => paragraph(text, FONT)).join('\n')}
${link}${small}</div>
</body>
</html>
`;
}

function textOf({ paragraphs, action, footer = [], stop }: MailContent): string {
  const parts = paragraphs.map(words);
  // Alone on its line and with nothing after it: mail programs take a closing bracket or full stop for a part of the address.
  if (action) parts.push(`${plain(action.label)}:\n\n${action.url}`);
  // The usual mark of what is no part of the message (RFC 3676 §4.3): two hyphens and a space.
  const small = [...footer.map(plain), ...(stop ? [`${plain(stop.label)}:\n${stop.url}`] : [])];
  if (small.length > 0) parts.push(`-- \n${small.join('\n\n')}`);
  return `${parts.join('\n\n')}\n`;
}

export const isWebAddress = (url: string): boolean => /^https?:\/\/[^\s<>"]+$/.test(url) && URL.canParse(url);

/** @throws TypeError where a mail leads anywhere but to a web address */
export function assertWebLinks({ action, stop }: Pick<MailContent, 'action' | 'stop'>): void {
  for (const link of [action, stop]) if (link && !isWebAddress(link.url)) throw new TypeError('a mail leads to a web address');
}

/**
 * One mail in HTML and in plain text, with the same words in both. It fetches nothing and counts nobody: no picture, no font, no
 * link but the action's and the one that stops such mails. Styles stand in attributes, since many mail programs drop everything else.
 * @throws TypeError as `assertWebLinks`
 */
export function composeMail(content: MailContent): MailMessage {
  const { language, direction, fromName, to, replyTo, subject, stop } = content;
  assertWebLinks(content);
  return {
    to,
    fromName: oneLine(fromName),
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: oneLine(subject),
    text: textOf(content),
    html: htmlOf(content),
    language,
    direction,
    ...(stop && !stop.withoutHeader ? { stopUrl: stop.url } : {}),
  };
}
