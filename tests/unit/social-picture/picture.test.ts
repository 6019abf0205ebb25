import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultAssets } from '../../../lib/pdf/assets.ts';
import { cleanPng, pngChunks, pngHeader } from '../../../lib/pictures/png.ts';
import { drawSocialPicture, type SocialPictureInput } from '../../../lib/social-picture/picture.ts';
import { Raster } from '../../../lib/social-picture/raster.ts';

const { fonts } = defaultAssets();
const input = (change: Partial<SocialPictureInput> = {}): SocialPictureInput => ({
  language: 'en',
  coalition: 'Clear Water Alliance',
  headline: 'The river belongs to everyone',
  counts: '12 organisations, 340 people',
  ...change,
});

/** The rows of samples, back out of the file. */
function pixelsOf(png: Buffer): Buffer {
  const packed = Buffer.concat((pngChunks(png) ?? []).filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const rows = inflateSync(packed);
  const pixels = Buffer.alloc(3600 * 630);
  for (let row = 0; row < 630; row++) {
    for (let at = 0; at < 3600; at++) {
      const above = row === 0 ? 0 : (pixels[(row - 1) * 3600 + at] ?? 0);
      pixels[row * 3600 + at] = (rows[row * 3601 + 1 + at] ?? 0) + above;
    }
  }
  return pixels;
}

/** How many pixels of a part of the picture are dark, by columns of a tenth. */
function ink(pixels: Buffer, fromRow: number, toRow: number): readonly number[] {
  const columns = Array.from({ length: 10 }, () => 0);
  for (let row = fromRow; row < toRow; row++)
    for (let x = 40; x < 1160; x++) {
      const column = Math.floor(x / 120);
      if ((pixels[(row * 1200 + x) * 3] ?? 255) < 120) columns[column] = (columns[column] ?? 0) + 1;
    }
  return columns;
}

describe('the picture of a letter', () => {
  it('is a clean PNG of 1200 × 630 with the headline where it is read from', () => {
    const png = drawSocialPicture(input(), fonts);
    expect(pngHeader(png)).toMatchObject({ width: 1200, height: 630, colourType: 2 });
    expect(cleanPng(png)).toMatchObject({ ok: true });
    const english = ink(pixelsOf(png), 150, 500);
    expect(english[0]).toBeGreaterThan(200);
    expect(english[9]).toBe(0);
    const persian = ink(pixelsOf(drawSocialPicture(input({ language: 'fa', headline: 'رود از آنِ همه' }), fonts)), 150, 500);
    expect(persian[9]).toBeGreaterThan(200);
    expect(persian[0]).toBe(0);
  });

  it('keeps lines of stacked letters apart', () => {
    // Signs above and below stand apart from their letters: rows of ink with paper between them, as many in every line.
    const inkedRows = (headline: string): number => {
      const pixels = pixelsOf(drawSocialPicture(input({ language: 'bo', headline }), fonts));
      const inked = Array.from({ length: 350 }, (_, row) => ink(pixels, 150 + row, 151 + row).some((count) => count > 0));
      return inked.filter((here, row) => here && !inked[row - 1]).length;
    };
    const line = 'བསྒྲུབས་སྒྲོལ་མའི་འགྱུར་ཧཱུྃ་';
    expect(inkedRows(line.repeat(2))).toBe(2 * inkedRows(line));
  });

  it.each([
    ['zh', '河流属于每一个人'],
    ['he', 'הנהר שייך לכולם'],
    ['hi', 'नदी सबकी है'],
    ['th', 'แม่น้ำเป็นของทุกคน'],
    ['km', 'ទន្លេសាបជារបស់ប្រជាជនកម្ពុជាទាំងអស់គ្នា'],
    ['ff-Adlm', '𞤀𞤥𞤢𞤣𞤵 𞤔𞤢𞤤𞤮'],
    ['en', 'A rare sign \u{16A0}\u{16A1} in a headline'],
    ['en', `${'Longwinded '.repeat(60)}end`],
    ['en', 'x'.repeat(500)],
  ])('takes %s: %s', (language, headline) => {
    const marks = ink(pixelsOf(drawSocialPicture(input({ language, headline, coalition: headline, counts: '' }), fonts)), 0, 630);
    expect(marks.reduce((sum, column) => sum + column, 0)).toBeGreaterThan(500);
  });
});

describe('Raster', () => {
  const [white, black] = [
    { red: 255, green: 255, blue: 255 },
    { red: 0, green: 0, blue: 0 },
  ];
  const sample = (raster: Raster, x: number, y: number): number => raster.pixels[(y * raster.width + x) * 3] ?? -1;

  it('covers a pixel by the share of it that lies inside', () => {
    const raster = new Raster(8, 8, white);
    raster.box(1.5, 2.25, 3, 2, black);
    expect([0, 1, 2, 3, 4, 5].map((x) => sample(raster, x, 3))).toEqual([255, 128, 0, 0, 128, 255]);
    expect([1, 2, 3, 4, 5].map((y) => sample(raster, 2, y))).toEqual([255, 64, 0, 191, 255]);
  });

  it('covers a slope by its area, however flat, and nothing beside it', () => {
    const raster = new Raster(12, 4, white);
    // A triangle from (1, 1) to (11, 1) and (11, 3): half of ten by two.
    for (const [x0, y0, x1, y1] of [
      [1, 1, 11, 3],
      [11, 3, 11, 1],
      [11, 1, 1, 1],
    ] as const)
      raster.edge(x0, y0, x1, y1);
    raster.fill(black);
    let covered = 0;
    for (let y = 0; y < 4; y++) for (let x = 0; x < 12; x++) covered += (255 - sample(raster, x, y)) / 255;
    expect(covered).toBeCloseTo(10, 0);
    expect(sample(raster, 0, 1)).toBe(255);
    expect(sample(raster, 11, 1)).toBe(255);
    expect(sample(raster, 1, 2)).toBe(255);
  });
});
