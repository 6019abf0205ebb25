import { describe, expect, it } from 'vitest';
import { chooseLocale } from '../../../lib/i18n/choose-locale.ts';
import { formatDay, formatInstant, formatList, formatMoment, formatNumber } from '../../../lib/i18n/format.ts';
import { localesFor } from '../../../lib/i18n/locales.ts';

const PUBLIC = localesFor('public');

describe('chooseLocale', () => {
  it('goes from the address to the cookie, the letter and the browser', () => {
    const wishes = { query: 'fa', cookie: 'en', letterLanguage: 'en', acceptLanguage: 'en' };
    expect(chooseLocale(wishes, PUBLIC)).toBe('fa');
    expect(chooseLocale({ ...wishes, query: null, cookie: 'fa' }, PUBLIC)).toBe('fa');
    expect(chooseLocale({ letterLanguage: 'fa-AF', acceptLanguage: 'en' }, PUBLIC)).toBe('fa');
    expect(chooseLocale({ letterLanguage: 'de', acceptLanguage: 'fa' }, PUBLIC)).toBe('fa');
    expect(chooseLocale({ query: 'xx', acceptLanguage: 'de' }, PUBLIC)).toBe('en');
  });

  it('reads the browser’s weights, and drops what it refuses', () => {
    expect(chooseLocale({ acceptLanguage: 'de, en;q=0.4, fa-IR;q=0.8' }, PUBLIC)).toBe('fa');
    expect(chooseLocale({ acceptLanguage: 'fa;q=0, de' }, PUBLIC)).toBe('en');
    expect(chooseLocale({ acceptLanguage: `${'x'.repeat(100_000)},fa` }, PUBLIC)).toBe('en');
  });

  it('offers members English only, and the pseudo-locale only where it is asked for and allowed', () => {
    expect(chooseLocale({ query: 'fa' }, localesFor('member'))).toBe('en');
    expect(chooseLocale({ query: 'en-XB' }, PUBLIC)).toBe('en');
    expect(chooseLocale({ query: 'en-XB' }, PUBLIC, true)).toBe('en-XB');
  });
});

describe('format', () => {
  const instant = new Date('2026-11-30T22:59:00Z');

  it('writes a day in words, whatever zone the server is in', () => {
    expect(formatDay('en', '2007-05-02')).toBe('2 May 2007');
    expect(formatDay('fa', '2007-05-02')).toContain('۲۰۰۷');
    expect(formatDay('en', 'spring 2007')).toBe('spring 2007');
    expect(formatDay('en', '2007-13-45')).toBe('2007-13-45');
  });

  it('writes an instant with its zone', () => {
    expect(formatInstant('en', instant, 'Europe/Berlin')).toMatch(/^Monday,? 30 November 2026 at 23:59 Central European Standard Time$/);
    expect(formatMoment('en', instant, 'Asia/Kathmandu')).toBe('1 Dec 2026, 04:44');
  });

  it('writes numbers and lists', () => {
    expect(formatNumber('en', 23_952)).toBe('23,952');
    expect(formatNumber('fa', 14)).toBe('۱۴');
    expect(formatList('en', ['A', 'B', 'C'])).toBe('A, B and C');
  });
});
