import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptLine, acceptLines, acceptName, acceptText } from '../../../lib/text/characters.ts';
import { awkwardNames, honestNames, hostileNames, nameScripts } from '../../support/names.ts';
import { runs } from '../../support/property.ts';

describe('acceptName', () => {
  it('takes honest names of 25 scripts and more as they are', () => {
    expect(nameScripts.length).toBeGreaterThanOrEqual(25);
    expect(honestNames.length).toBeGreaterThanOrEqual(300);
    const refused = honestNames.filter((name) => {
      const accepted = acceptName(name, 300);
      return !accepted.ok || accepted.value !== name;
    });
    expect(refused).toEqual([]);
  });

  it('takes names that look like markup or formulas as they are', () => {
    for (const name of awkwardNames) expect(acceptName(name, 300)).toEqual({ ok: true, value: name });
  });

  it.each(hostileNames)('refuses %j and names %s', (name, codePoint) => {
    expect(acceptName(name, 300)).toEqual({ ok: false, reason: { reason: 'forbidden-character', values: { codePoint, line: 1 } } });
  });

  it('composes decomposed letters and folds odd spaces', () => {
    expect(acceptName(' Rene\u0301\u00A0 \u3000Oke\u0301\t', 300)).toEqual({ ok: true, value: 'René Oké' });
  });

  it('refuses a second line, a long name and stacked marks', () => {
    expect(acceptName('Ana\nRuz', 300)).toEqual({ ok: false, reason: { reason: 'line-break', values: {} } });
    expect(acceptName('a'.repeat(301), 300)).toEqual({ ok: false, reason: { reason: 'too-long', values: { limit: 300 } } });
    expect(acceptName(`q${'\u0323'.repeat(9)}`, 300)).toEqual({ ok: false, reason: { reason: 'too-many-marks', values: { limit: 8 } } });
    expect(acceptName(`q${'\u0323'.repeat(8)}`, 300).ok).toBe(true);
  });

  it('accepts its own answers unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        const accepted = acceptName(typed, 300);
        if (accepted.ok) expect(acceptName(accepted.value, 300)).toEqual(accepted);
      }),
      { numRuns: runs(3000) },
    );
  });

  it('never loses a letter', () => {
    const letters = (text: string): string => text.normalize('NFC').replace(/\s/g, '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (typed) => {
        const accepted = acceptName(typed, 300);
        if (accepted.ok) expect(letters(accepted.value)).toBe(letters(typed));
      }),
      { numRuns: runs(3000) },
    );
  });
});

describe('joiners', () => {
  it('stand where Persian, Indic scripts and emoji need them', () => {
    for (const text of ['می‌خواهیم', 'NGO‌ها', 'क्‍ष', 'ශ්‍රී', '👩‍🚀']) expect(acceptText(text, 100)).toEqual({ ok: true, value: text });
  });
  it('are refused where nothing joins', () => {
    for (const text of ['pay\u200Cpal', 'pay\u200Dpal', '\u200Cنامه', 'a \u200D b']) expect(acceptText(text, 100).ok).toBe(false);
  });
});

describe('acceptText', () => {
  it('gives LF only and names the line of a fault', () => {
    expect(acceptText('a\r\nb\rc\u2028d\te', 100)).toEqual({ ok: true, value: 'a\nb\nc\nd e' });
    const refused = acceptText('one\r\ntwo\r\nth\u202Eree', 100);
    expect(refused).toEqual({ ok: false, reason: { reason: 'forbidden-character', values: { codePoint: 'U+202E', line: 3 } } });
  });
});

describe('acceptLine and acceptLines', () => {
  it('keep the no-break spaces of French', () => {
    expect(acceptLine(' Assez\u202F! ', 100)).toEqual({ ok: true, value: 'Assez\u202F!' });
  });
  it('trim lines and leave one empty line at most', () => {
    expect(acceptLines('\n\n a  b \n\n\n\nc\n', 100)).toEqual({ ok: true, value: 'a b\n\nc' });
  });
});
