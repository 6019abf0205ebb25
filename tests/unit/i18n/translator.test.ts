import { describe, expect, it } from 'vitest';
import { translator } from '../../../lib/i18n/translator.ts';

describe('translator', () => {
  it('puts numbers and plurals into sentences in each language’s way', () => {
    expect(translator('en')('fault.too-long', { maximum: 1 })).toBe('Use at most 1 character.');
    expect(translator('en')('fault.too-long', { maximum: 1_200 })).toBe('Use at most 1,200 characters.');
    expect(translator('fa')('fault.too-long', { maximum: 120 })).toContain('۱۲۰');
  });

  it('isolates a text of the other direction, and only such a one', () => {
    expect(translator('en')('refused.too-large', { limit: 'سارا' })).toContain('\u2068سارا\u2069');
    expect(translator('en')('refused.too-large', { limit: '2 MB' })).not.toContain('\u2068');
    expect(translator('fa')('refused.too-large', { limit: '2 MB' })).toContain('\u20682 MB\u2069');
    expect(translator('fa')('refused.too-large', { limit: 'https://example.org/a' })).not.toContain('\u2068');
  });

  it('keeps two visitors’ languages apart', () => {
    const [one, other] = [translator('en'), translator('fa')];
    expect([one('ui.success'), other('ui.success'), one('ui.success')]).toEqual(['Done', 'انجام شد', 'Done']);
    expect([one.direction, other.direction]).toEqual(['ltr', 'rtl']);
  });

  it('takes the first key there is', () => {
    expect(translator('en').first(['fault.nowhere.headline.required', 'fault.required'], 'fault.invalid')).toBe('Fill in this field.');
    expect(translator('en').first(['fault.toString'], 'fault.invalid')).toBe('Check what you entered here.');
  });

  it('speaks a pseudo-language that keeps placeholders and plurals', () => {
    const t = translator('en-XB');
    expect(t.direction).toBe('rtl');
    expect(t('fault.too-long', { maximum: 3 })).toBe('Úšé· át móšt· 3 çháráçtérš···.');
  });
});
