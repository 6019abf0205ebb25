import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptTypedText, canonicalText, type TypedText } from '../../../lib/text/canonical.ts';
import { readCanonical } from '../../../lib/text/read-canonical.ts';
import { serialise } from '../../../lib/text/serialise.ts';
import { runs } from '../../support/property.ts';
import { bodies } from '../../support/trees.ts';

const canonicalOf = (typed: TypedText): string => {
  const accepted = acceptTypedText(typed);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.reason));
  return canonicalText(accepted.value);
};

const letter: TypedText = {
  headline: 'Wells stay open',
  addressees: [{ name: 'Ana Petrović', office: 'Mayor of Lüstrin', lines: ['Town Hall', '1 Market Square'] }, { name: 'The Council' }],
  subtitle: 'نامه',
  salutation: 'Dear Mayor,\ndear Council,',
  body: '# Why\n\nWater is *ours*.[^a]\n\n[^a]: It is.',
  closing: 'headline 3\nxyz',
  disclaimer: '',
};

describe('readCanonical', () => {
  it('reads back what was written', () => {
    const accepted = acceptTypedText(letter);
    expect(readCanonical(canonicalOf(letter))).toEqual(accepted);
  });

  it('reads back any text', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '我', 'נ', '1', 'headline 3', ':', '€') });
    const lines = fc.array(line, { maxLength: 4 }).map((parts) => parts.join('\n'));
    const addressee = fc.record({ name: line, office: line, lines: fc.array(line, { maxLength: 3 }) });
    const typed = fc.record({
      headline: line,
      subtitle: line,
      addressees: fc.array(addressee, { maxLength: 3 }),
      salutation: lines,
      body: bodies.map(serialise),
      closing: lines,
      disclaimer: lines,
    });
    fc.assert(
      fc.property(typed, (each) => {
        const accepted = acceptTypedText(each);
        fc.pre(accepted.ok);
        const canonical = canonicalOf(each);
        const read = readCanonical(canonical);
        expect(read).toEqual(accepted);
        expect(read.ok && canonicalText(read.value)).toBe(canonical);
      }),
      { numRuns: runs(60) },
    );
  });

  it('refuses every text that is cut off, and whatever else nobody wrote', () => {
    const whole = canonicalOf(letter);
    for (let length = 0; length < whole.length; length++) expect(readCanonical(whole.slice(0, length)).ok, String(length)).toBe(false);
    for (const wrong of [
      `${whole}\n`,
      whole.replace('text/1', 'text/2'),
      whole.replace('headline 15', 'headline 015'),
      whole.replace('headline 15', 'headline -15'),
      whole.replace('headline 15', 'headline 999999999'),
      whole.replace('addressees 2', 'addressees 900000000'),
      whole.replace('Wells', 'Wellés'),
    ]) {
      expect(wrong).not.toBe(whole);
      expect(readCanonical(wrong)).toEqual({ ok: false, reason: 'malformed' });
    }
  });
});
