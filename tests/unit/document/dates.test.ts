import { describe, expect, it } from 'vitest';
import { longDate, longInstant } from '../../../lib/document/dates.ts';
import { documentOf } from '../../support/documents.ts';

describe('longDate', () => {
  it('prints in the language, in the Gregorian calendar unless the tag asks for another', () => {
    expect(longDate('en', '2007-05-02')).toBe('2 May 2007');
    expect(longDate('fr', '2007-05-02')).toBe('2 mai 2007');
    expect(longDate('fa', '2007-05-02')).toMatch(/۲۰۰۷/);
    expect(longDate('fa-u-ca-persian', '2007-05-02')).toMatch(/۱۳۸۶/);
    expect(longDate('th', '2007-05-02')).toMatch(/2007/);
    expect(longDate('ja', '2007-05-02')).toBe('2007年5月2日');
    expect(longDate('not a tag', '2007-05-02')).toBe('2 May 2007');
  });
});

describe('longInstant', () => {
  it('shows the time in the letter’s zone', () => {
    expect(longInstant('en', new Date('2026-05-02T21:30:00Z'), 'Asia/Tehran')).toMatch(/3 May 2026 at 01:00/);
  });
});

describe('documentFromLetterFile', () => {
  it('puts the authentic text first and gives each its fingerprint', async () => {
    const texts = [
      { language: 'fa', headline: 'ب', body: 'ب' },
      { language: 'en', headline: 'a', body: 'a' },
    ];
    const document = await documentOf({ letter: { authenticLanguage: 'en', texts } });
    expect(document.texts.map(({ language, authentic }) => [language, authentic])).toEqual([
      ['en', true],
      ['fa', false],
    ]);
    expect(new Set(document.texts.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(document.texts[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });
});
