import { readdirSync, readFileSync } from 'node:fs';
import { Blob, Face, Font, Buffer as ShapingBuffer, shape } from 'harfbuzzjs';
import { describe, expect, it } from 'vitest';
import { subsetFont } from '../../../lib/pdf/document/subset.ts';
import { FIRST_COMPOSED } from '../../../lib/pdf/text/face.ts';
import { readForShaping } from '../../../lib/pdf/text/font-file.ts';
import { namesByScript } from '../../support/names-by-script.ts';

const FONTS = new URL('../../../lib/pdf/fonts/', import.meta.url);
const files = readdirSync(FONTS).filter((name) => name.endsWith('.ttf'));
const open = (bytes: Buffer) => new Font(new Face(new Blob(bytes)));
// Of every script: a font is tried with those it has.
const letters = [
  ...Object.values(namesByScript).join(''),
  'A',
  'é',
  'ễ',
  'İ',
  'Ω',
  'Ж',
  'ش',
  'آ',
  'ש',
  'श',
  'ক',
  'த',
  'น',
  'Ս',
  'დ',
  '河',
  'が',
  '한',
  '∑',
  '☎',
];

describe('subsetFont', () => {
  it.each(files)('keeps outlines, advances and numbers in the order asked for: %s', (name) => {
    const url = new URL(name, FONTS);
    const whole = open(readFileSync(url));
    const glyphs = letters.flatMap((letter) => whole.nominalGlyph(letter.codePointAt(0) ?? 0) ?? []).filter((glyph) => glyph !== 0);
    expect(glyphs.length).toBeGreaterThan(0);
    const asked = [0, ...glyphs.toReversed(), ...glyphs];
    const { font, numbers } = subsetFont(url, asked);
    const subset = open(font);
    expect([...numbers.keys()].slice(0, new Set(asked).size)).toEqual([...new Set(asked)]);
    for (const [glyph, number] of numbers) {
      expect(subset.glyphToPath(number), `${glyph}`).toBe(whole.glyphToPath(glyph));
      expect(subset.glyphHAdvance(number)).toBe(whole.glyphHAdvance(glyph));
    }
    expect(font.length).toBeLessThan(40_000);
  });

  it('composes glyphs that the font does not have, each part moved from where it is', () => {
    const url = new URL('NotoSerifHebrew-Regular.ttf', FONTS);
    const whole = open(readFileSync(url));
    const [shin, qamats] = ['ש', '\u05b8'].map((letter) => whole.nominalGlyph(letter.codePointAt(0) ?? 0) ?? 0) as [number, number];
    const composed = [
      { parts: [{ glyph: qamats, x: 150, y: -40 }], advance: 0 },
      {
        parts: [
          { glyph: qamats, x: 90, y: 300 },
          { glyph: shin, x: 0, y: 0 },
        ],
        advance: 700,
      },
      { parts: [], advance: 0 },
    ];
    const { font, numbers } = subsetFont(url, [0, FIRST_COMPOSED, FIRST_COMPOSED + 1, FIRST_COMPOSED + 2], composed);
    const subset = open(font);
    const [mark, both, blank] = [0, 1, 2].map((index) => numbers.get(FIRST_COMPOSED + index) ?? 0) as [number, number, number];
    const box = (from: Font, glyph: number) => {
      const { xBearing = 0, yBearing = 0, width = 0, height = 0 } = from.glyphExtents(glyph) ?? {};
      return { left: xBearing, top: yBearing, right: xBearing + width, bottom: yBearing + height };
    };
    const [own, letter] = [box(whole, qamats), box(whole, shin)];
    expect(box(subset, mark)).toEqual({ left: own.left + 150, top: own.top - 40, right: own.right + 150, bottom: own.bottom - 40 });
    expect(box(subset, both)).toEqual({
      left: Math.min(own.left + 90, letter.left),
      top: Math.max(own.top + 300, letter.top),
      right: Math.max(own.right + 90, letter.right),
      bottom: Math.min(own.bottom + 300, letter.bottom),
    });
    expect(subset.glyphToPath(both).endsWith(whole.glyphToPath(shin))).toBe(true);
    expect(subset.glyphToPath(blank)).toBe('');
    expect([mark, both, blank].map((glyph) => subset.glyphHAdvance(glyph))).toEqual([0, 700, 0]);
  });

  it('gives the same bytes for the same glyphs', () => {
    const url = new URL('NotoSerif-Regular.ttf', FONTS);
    expect(subsetFont(url, [0, 40, 7, 300]).font.equals(subsetFont(url, [0, 40, 7, 300]).font)).toBe(true);
  });

  it('writes checksums that come out', () => {
    const { font } = subsetFont(new URL('NotoSansMath-Regular.ttf', FONTS), [0, 5, 900]);
    let sum = 0;
    for (let at = 0; at < font.length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });
});

describe('readForShaping', () => {
  it.each(files.filter((name) => /(?:SC|TC|JP|KR)-/.test(name)))('shapes as the whole font does, marks too: %s', (name) => {
    const url = new URL(name, FONTS);
    const part = readForShaping(url);
    const whole = readFileSync(url);
    expect(part.length).toBeLessThan(whole.length / 10);
    const shaped = (font: Font, text: string) => {
      const buffer = new ShapingBuffer();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      shape(font, buffer);
      return [buffer.getGlyphInfos(), buffer.getGlyphPositions()];
    };
    const [one, other] = [open(whole), open(part)];
    for (const text of ['河森', 'かが゙', 'あ゙', '一゚', '한글', 'Aé', 'x́', '漢〪']) expect(shaped(other, text), text).toEqual(shaped(one, text));
  });
});
