import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acceptTypedText, canonicalText, type TypedText } from '../../../lib/text/canonical.ts';
import { displayFingerprint, fingerprintOf, parseFingerprint } from '../../../lib/text/fingerprint.ts';
import { letterTexts } from '../../support/letter-texts.ts';
import { runs } from '../../support/property.ts';
import { markdownStrings } from '../../support/trees.ts';

const folder = new URL('./vectors/', import.meta.url);
const vectorSchema = z.object({ canonical: z.string(), fingerprint: z.string() });
const vectors = readdirSync(folder).map((file) => ({
  name: file.replace('.json', ''),
  ...vectorSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

const canonicalOf = (typed: TypedText): string => {
  const accepted = acceptTypedText(typed);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.reason));
  return canonicalText(accepted.value);
};

/** The form read by its description alone: count and field lines over bytes. */
function readForm(bytes: Buffer): { fields: [string, string][]; counts: [string, number][] } {
  let at = bytes.indexOf(10) + 1;
  expect(bytes.subarray(0, at).toString()).toBe('undersigned-text/1\n');
  const fields: [string, string][] = [];
  const counts: [string, number][] = [];
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    const [name = '', digits = ''] = bytes.subarray(at, end).toString().split(' ');
    at = end + 1;
    if (name === 'addressees' || name === 'addressee.lines') {
      counts.push([name, Number(digits)]);
      continue;
    }
    fields.push([name, bytes.subarray(at, at + Number(digits)).toString()]);
    at += Number(digits);
    expect(bytes[at++]).toBe(10);
  }
  return { fields, counts };
}

describe('undersigned-text/1', () => {
  it.each(vectors)('gives the golden bytes of $name', ({ name, canonical, fingerprint }) => {
    const typed = letterTexts[name];
    if (typed === undefined) throw new Error(`no text ${name}`);
    expect(canonicalOf(typed)).toBe(canonical);
    expect(createHash('sha256').update(Buffer.from(canonical, 'utf8')).digest('hex')).toBe(fingerprint);
  });

  it('has a vector for every text', () => {
    expect(vectors.map(({ name }) => name)).toEqual(Object.keys(letterTexts).toSorted());
  });

  it('is unambiguous: a field that looks like the next one stays a field', () => {
    const typed: TypedText = { addressees: [], headline: 'a', closing: 'x\ndisclaimer 3\nabc', body: 'b' };
    const { fields, counts } = readForm(Buffer.from(canonicalOf(typed)));
    expect(counts).toEqual([['addressees', 0]]);
    expect(fields).toEqual([
      ['headline', 'a'],
      ['subtitle', ''],
      ['salutation', ''],
      ['body', 'b'],
      ['closing', 'x\ndisclaimer 3\nabc'],
      ['disclaimer', ''],
    ]);
  });

  it('is NFC with LF alone, and writing what was read changes nothing', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 20 });
    const texts = fc.record({
      addressees: fc.array(fc.record({ name: line, office: line, lines: fc.array(line, { maxLength: 3 }) }), { maxLength: 3 }),
      headline: line,
      salutation: markdownStrings,
      body: markdownStrings,
      disclaimer: markdownStrings,
    });
    fc.assert(
      fc.property(texts, (typed) => {
        const accepted = acceptTypedText(typed);
        if (!accepted.ok) return;
        const canonical = canonicalText(accepted.value);
        expect(canonical).toBe(canonical.normalize('NFC'));
        expect(canonical).not.toMatch(/[\r\u202A-\u202E\u2066-\u2069\u200E\u200F]/);
        const { fields } = readForm(Buffer.from(canonical));
        const field = (name: string): string => fields.find(([key]) => key === name)?.[1] ?? '';
        const again = {
          ...accepted.value,
          headline: field('headline'),
          salutation: field('salutation'),
          body: field('body'),
          disclaimer: field('disclaimer'),
        };
        expect(canonicalOf(again)).toBe(canonical);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('names the place of every fault', () => {
    const refused = acceptTypedText({ addressees: [{ name: 'A\u202E' }], headline: 'x\u200B', body: 'a\n\n<b>x</b>' });
    expect(refused.ok ? [] : refused.reason.map(({ place, reason }) => [place, reason])).toEqual([
      ['addressees[0].name', 'forbidden-character'],
      ['body', 'raw-html'],
      ['body', 'raw-html'],
      ['headline', 'forbidden-character'],
    ]);
  });
});

describe('fingerprint', () => {
  it('is SHA-256 of the UTF-8 bytes, shown in eight groups and read back', () => {
    const fingerprint = fingerprintOf('abc');
    expect(fingerprint).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    const shown = displayFingerprint(fingerprint);
    expect(shown).toBe('ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad');
    expect(parseFingerprint(shown.toUpperCase().replaceAll(' ', '-'))).toBe(fingerprint);
    expect(parseFingerprint('abc')).toBeNull();
  });
});
