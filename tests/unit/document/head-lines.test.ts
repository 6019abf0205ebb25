import { describe, expect, it } from 'vitest';
import { addresseeLabel } from '../../../lib/document/head-lines.ts';
import { renderHtml } from '../../../lib/html/page.ts';
import { renderMarkdown } from '../../../lib/plain/markdown.ts';
import { renderText } from '../../../lib/plain/text.ts';
import { collected } from '../../support/collected.ts';
import { documentText, letterDocument } from '../../support/letter-documents.ts';
import { renderToBytes, textOf } from '../../support/pdf.ts';
import { hasTool } from '../../support/tools.ts';

const label = (language: string, name: string) => addresseeLabel({ language, addressees: [{ name, office: null, lines: [] }] });

describe('the word before the addressees', () => {
  it.each([
    ['en', 'To the Honourable Maren Oldquist'],
    ['en', 'TO: The Harbour Council'],
    ['en-GB', 'to\u00a0whom it may concern'],
    ['fr', 'À Madame la Présidente'],
    ['fr', 'A Madame la Présidente'],
    ['de', 'An den Hafenrat'],
    ['es', 'A la Presidenta'],
    ['ru', 'КОМУ: Совету гавани'],
    ['el', 'ΠΡΟΣ το Συμβούλιο'],
    ['fa', 'به شورای بندر'],
    ['ar', 'إلى مجلس الميناء'],
    ['he', 'אל מועצת הנמל'],
    ['tr', 'KİME: Liman Kurulu'],
    ['zh', '致港口委员会'],
    ['ja', '宛先 港湾委員会'],
    ['ko', '받는 이: 항만 위원회'],
    ['nl', 'To the Harbour Council'],
  ])('is left away where it was typed: %s, %s', (language, name) => {
    expect(label(language, name)).toBe('');
  });

  it.each([
    ['en', 'Tomas Oldquist', 'To:'],
    ['en', 'Maren Oldquist, who goes to sea', 'To:'],
    ['en', 'An den Hafenrat', 'To:'],
    ['es', 'A. Sol', 'A:'],
    ['de', 'Anna Hafen', 'An:'],
    ['fa', 'بهار نوری', 'به:'],
    ['fa', 'به\u200cآفرید نوری', 'به:'],
    ['he', 'אל-נור', 'אל:'],
    ['zh', '港口委员会', '致：'],
    ['en', '', 'To:'],
  ])('stands before everything else: %s, %s', (language, name, expected) => {
    expect(label(language, name)).toBe(expected);
  });

  const document = letterDocument({
    texts: [
      documentText({
        addressees: [
          { name: 'To the Honourable Maren Oldquist', office: null, lines: ['1 Quay Street'] },
          { name: 'The Harbour Council', office: null, lines: [] },
        ],
        cc: ['Lighthouse Board'],
      }),
    ],
  });

  it('is left away so in text, Markdown and HTML', async () => {
    expect(await collected(renderText(document))).toContain(
      'To the Honourable Maren Oldquist\n1 Quay Street\n\nThe Harbour Council\n\ncc: Lighthouse',
    );
    expect(await collected(renderMarkdown(document))).toMatch(
      /^To the Honourable Maren Oldquist\\\n1 Quay Street\n\nThe Harbour Council\n\ncc: /,
    );
    const html = await collected(renderHtml(document));
    expect(html).toContain(
      '<p><bdi>To the Honourable Maren Oldquist</bdi><br><bdi>1 Quay Street</bdi></p>\n<p><bdi>The Harbour Council</bdi></p>',
    );
    expect(html).toContain('<dl class="head">\n<dt>cc:</dt>');
    expect(html).not.toContain('To:');
  });

  it.skipIf(!hasTool('pdftotext'))('is left away so in a PDF', async () => {
    const text = textOf((await renderToBytes(document)).bytes);
    expect(text).toContain('To the Honourable Maren Oldquist');
    expect(text).toContain('cc:');
    expect(text).not.toContain('To:');
  });
});
