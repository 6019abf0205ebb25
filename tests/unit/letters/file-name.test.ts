import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from '../../../app/_request/content-disposition.ts';
import { letterFileName } from '../../../lib/letters/file-name.ts';
import { runs } from '../../support/property.ts';

const name = (headline: string, language: string | null = null) => letterFileName({ headline, status: 'delivered', language }, 'pdf');

describe('the name of a file', () => {
  it('says whether it is final, in ASCII and in its own script', () => {
    const of = (headline: string, status: 'open' | 'draft') => letterFileName({ headline, status, language: null }, 'md');
    expect(of('Économie d’eau: “now”', 'open')).toEqual({
      plain: 'economie-d-eau-now-not-final.md',
      own: 'économie-d-eau-now-not-final.md',
    });
    expect(letterFileName({ headline: 'The river', status: 'withdrawn', language: null }, 'pdf').plain).toBe('the-river-withdrawn.pdf');
    expect(of('x"; filename=evil.exe\r\n', 'draft').plain).toBe('x-filename-evil-exe-draft.md');
    expect(name('رودِ \u202eما')).toEqual({ plain: 'letter.pdf', own: 'رودِ-ما.pdf' });
    expect(name('می\u200cخواهیم').own).toBe('میخواهیم.pdf');
    expect(name('…')).toEqual({ plain: 'letter.pdf', own: 'letter.pdf' });
    const alone = { headline: 'The river', status: 'open', language: 'en', part: 'signatories' } as const;
    expect(letterFileName(alone, 'pdf').plain).toBe('the-river-signatories-en-not-final.pdf');
  });

  it('is another for every language of a letter', () => {
    expect(name('The river', 'en').plain).toBe('the-river-en.pdf');
    expect(name('رودخانه', 'fa')).toEqual({ plain: 'letter-fa.pdf', own: 'رودخانه-fa.pdf' });
    expect(name('رودخانه', 'zh-Hant').plain).toBe('letter-zh-hant.pdf');
  });

  it('stands in its header as ASCII, and comes back whole', () => {
    expect(contentDisposition('attachment', name('The river'))).toBe('attachment; filename="the-river.pdf"');
    expect(contentDisposition('inline', { plain: 'a.pdf', own: "é'(*).pdf" })).toBe(
      `inline; filename="a.pdf"; filename*=UTF-8''%C3%A9%27%28%2A%29.pdf`,
    );
    const headline = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(headline, fc.constantFrom(null, 'fa', 'sr-Latn'), (words, language) => {
        const given = name(words, language);
        const header = contentDisposition('attachment', given);
        expect(header).toMatch(/^attachment; filename="[a-z0-9-]+\.pdf"(?:; filename\*=UTF-8''(?:[A-Za-z0-9.-]|%[0-9A-F]{2})+)?$/);
        expect(decodeURIComponent(/UTF-8''(.*)$/.exec(header)?.[1] ?? given.plain)).toBe(given.own);
        expect(Buffer.byteLength(given.own)).toBeLessThan(255);
        expect(given.own).toMatch(/^[\p{L}\p{M}\p{N}-]+\.pdf$/u);
      }),
      { numRuns: runs(300) },
    );
  });
});
