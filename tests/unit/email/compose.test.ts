import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMail, type MailContent } from '../../../lib/email/compose.ts';

const invitation: MailContent = {
  language: 'en',
  direction: 'ltr',
  fromName: 'Coalition for Open Wells',
  to: 'amara@example.org',
  subject: 'Will you sign “Wells stay open”?',
  paragraphs: ['Dear Amara Dubois,', 'we ask you to read a letter.\nIt is short.'],
  action: { label: 'Read and answer', url: 'https://letters.example.org/i/iv_abc?x=1&y=2' },
  footer: ['You get this because a member of the coalition named you.'],
};

describe('composeMail', () => {
  it('puts the bare address alone on a line of the plain text', () => {
    expect(composeMail(invitation).text).toBe(
      'Dear Amara Dubois,\n\nwe ask you to read a letter.\nIt is short.\n\nRead and answer:\n\nhttps://letters.example.org/i/iv_abc?x=1&y=2\n\n-- \nYou get this because a member of the coalition named you.\n',
    );
  });

  it('says language and direction, keeps line breaks, and shows the address under the button', () => {
    const { html } = composeMail({ ...invitation, language: 'fa', direction: 'rtl' });
    expect(html).toContain('<html lang="fa" dir="rtl">');
    expect(html).toContain('we ask you to read a letter.<br>It is short.');
    expect(html).toContain('href="https://letters.example.org/i/iv_abc?x=1&amp;y=2"');
    expect(html).toContain('>https://letters.example.org/i/iv_abc?x=1&amp;y=2</p>');
  });

  it('fetches nothing and has one link at most', () => {
    const { html } = composeMail(invitation);
    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|video|base|form)\b|url\(|src=|@import/i);
    expect(html.match(/href=/g)).toHaveLength(1);
    expect(composeMail({ ...invitation, action: undefined } as unknown as MailContent).html).not.toContain('href=');
  });

  it('has colours for a dark screen, and for every text of its own', () => {
    const { html } = composeMail(invitation);
    expect(html).toContain('@media (prefers-color-scheme:dark)');
    // Small print is told by its class there: an attribute alone would stay dark on dark.
    for (const [paragraph] of html.matchAll(/<p [^>]*color:#55555a[^>]*>/g)) expect(paragraph).toContain('class="small"');
  });

  it('escapes whatever people typed, in text and in attributes', () => {
    const hostile = `<img src=x onerror="a()">&'"`;
    const { html } = composeMail({ ...invitation, paragraphs: [hostile], footer: [hostile], subject: hostile });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&quot;a()&quot;&gt;&amp;&#39;&quot;');
  });

  it('refuses an action that is no web address', () => {
    for (const url of ['javascript:alert(1)', 'https://a b', 'https://a"onclick="x', '/i/x', 'https://']) {
      expect(() => composeMail({ ...invitation, action: { label: 'Go', url } })).toThrow(TypeError);
    }
  });

  it('never lets a text become a second header line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0085', '\0'), (text, breaker) => {
        const mail = composeMail({ ...invitation, subject: `${text}${breaker}Bcc: x@example.org`, fromName: `${text}${breaker}x` });
        for (const header of [mail.subject, mail.fromName]) expect(header).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(mail.text).not.toContain('\r');
      }),
    );
  });
});
