import { describe, expect, it } from 'vitest';
import type { MailMessage } from '../../../lib/email/message.ts';
import { LOCALES } from '../../../lib/i18n/locales.ts';
import { mailGallery, TELLTALE } from '../../support/mail-gallery.ts';

const ISOLATES = /[\u2066-\u2069]/g;

const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(ISOLATES, '')
    .split(/[\s:]+/)
    .filter((word) => word !== '' && word !== '--');

/** The words of a page of HTML, without its head. */
const wordsInHtml = (html: string): readonly string[] =>
  wordsOf(
    html
      .slice(html.indexOf('<body'))
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );

const gallery = (['named', 'neutral'] as const).flatMap((mails) =>
  LOCALES.flatMap((language) =>
    Object.entries(mailGallery(mails, language)).map(([kind, message]) => ({ mails, language, kind, message })),
  ),
);

describe.each(gallery)('the $mails mail “$kind” in $language', ({ mails, language, message }) => {
  const { subject, html, text, stopUrl }: MailMessage = message;

  it('has a subject that tells neither headline nor name', () => {
    for (const word of TELLTALE) expect(subject).not.toContain(word);
  });

  it('says the same in both parts', () => {
    expect(wordsInHtml(html)).toEqual(wordsOf(text));
  });

  it('is set in its language and direction, in its own script', () => {
    const direction = language === 'fa' ? 'rtl' : 'ltr';
    expect(message).toMatchObject({ language, direction });
    expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(/\p{Script=Arabic}/u.test(subject)).toBe(language === 'fa');
  });

  it('fetches nothing and counts nobody', () => {
    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|video|audio|form)\b|\bsrc=|url\(|@import/i);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    const plain = [...text.matchAll(/^https?:\/\/\S+$/gm)].map(([link]) => link);
    expect(links).toEqual(plain);
    for (const link of links) expect(link).toMatch(/^https:\/\/letters\.example\.org\/(?:i|stop)\/[a-z]{2}_[\w-]{43}$/);
    if (stopUrl !== undefined) expect(links.at(-1)).toBe(stopUrl);
  });

  if (mails !== 'neutral') return;
  it('tells nothing of letter, people or coalition beside its sender', () => {
    for (const word of TELLTALE) expect(`${text}${html}`).not.toContain(word);
  });
});
