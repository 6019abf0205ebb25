import { describe, expect, it } from 'vitest';
import type { LetterDocument } from '../../../lib/document/model.ts';
import { qrCode } from '../../../lib/pdf/document/qr-code.ts';
import type { PdfOptions } from '../../../lib/pdf/render.ts';
import { documentText, entry, letterDocument, section } from '../../support/letter-documents.ts';
import { renderToBytes } from '../../support/pdf.ts';
import { pictureOf, scanned } from '../../support/scanned.ts';
import { hasTool } from '../../support/tools.ts';

const FINGERPRINT = '0123456789abcdef'.repeat(4);
const ORIGIN = 'https://letters.example.org';
const names = section(Array.from({ length: 160 }, (_, index) => entry(`Signatory ${index}`, 'Riverton')));

const letterIn = (language: string, parts: Partial<LetterDocument> = {}) =>
  letterDocument({ texts: [documentText({ language, fingerprint: FINGERPRINT })], sections: [names], verifyOrigin: ORIGIN, ...parts });

describe.skipIf(!hasTool('pdftoppm'))('the address in the foot of a frozen letter', () => {
  it.each<[string, Partial<PdfOptions>]>([
    ['en', { page: 'a4' }],
    ['fa', { page: 'letter' }],
  ])('is read from the picture of any page: %s %o', async (language, options) => {
    const { bytes, pages } = await renderToBytes(letterIn(language), options);
    expect(pages).toBeGreaterThan(1);
    expect(scanned(bytes, 1)).toBe(`${ORIGIN}/v/${FINGERPRINT}`);
    expect(scanned(bytes, pages)).toBe(`${ORIGIN}/v/${FINGERPRINT}`);
  });

  it('is the same in both editions, and in every file of one letter', async () => {
    const { bytes } = await renderToBytes(letterIn('en', { edition: 'addressee' }));
    expect(scanned(bytes, 1)).toBe(`${ORIGIN}/v/${FINGERPRINT}`);
    expect((await renderToBytes(letterIn('en'))).sha256).toBe((await renderToBytes(letterIn('en'))).sha256);
  });

  it('is not there while the text may still change, nor where nobody said of which instance', async () => {
    const draft = await renderToBytes(letterIn('en', { texts: [documentText()], mark: { type: 'draft' } }));
    const { verifyOrigin: _, ...nowhere } = letterIn('en');
    for (const { bytes } of [draft, await renderToBytes(nowhere)]) expect(() => scanned(bytes, 1)).toThrow();
  });
});

describe.skipIf(!hasTool('pdftoppm'))('the foot of a page', () => {
  it.each([
    ['en', ORIGIN],
    ['fa', ORIGIN],
    ['el', ORIGIN],
    // The largest there is room for.
    ['en', `https://${'a'.repeat(150)}`],
  ])('has the code flush with the end of the lines, and nothing else within four modules: %s', async (language, verifyOrigin) => {
    const { bytes } = await renderToBytes(letterIn(language, { verifyOrigin }), { page: 'letter' });
    const scale = 4;
    const { width, data } = pictureOf(bytes, 1, 72 * scale);
    const side = qrCode(`${verifyOrigin}/v/${FINGERPRINT}`)?.side ?? 0;
    // US Letter, its side margins and its foot.
    const left = language === 'fa' ? 86 : 612 - 86 - side;
    const [columns, rows] = [new Set<number>(), new Set<number>()];
    for (let y = (792 - 72) * scale; y < 792 * scale; y++)
      for (let x = (left - 5) * scale; x < (left + side + 5) * scale; x++)
        if ((data[(y * width + x) * 4] ?? 0) < 128) {
          columns.add(x / scale);
          rows.add(y / scale);
        }
    expect(Math.min(...columns)).toBeCloseTo(left, 0);
    expect(Math.max(...columns)).toBeCloseTo(left + side, 0);
    expect(Math.max(...rows) - Math.min(...rows)).toBeCloseTo(side, 0);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(792 - 72 + 4);
  });
});

describe('a code', () => {
  it('has modules of at least 0.35 mm, and no two runs of a row that touch', () => {
    const code = qrCode(`${ORIGIN}/v/${FINGERPRINT}`);
    expect(code?.side).toBe(41);
    for (const [x, y, width, height] of code?.dark ?? []) {
      expect(height).toBeGreaterThanOrEqual((0.35 / 25.4) * 72);
      expect(code?.dark.filter(([otherX, otherY]) => otherY === y && otherX === x + width)).toEqual([]);
    }
  });

  it('is at most as high as a foot, or left out', () => {
    expect(qrCode(`https://${'a'.repeat(150)}/v/${FINGERPRINT}`)?.side).toBeLessThanOrEqual(53);
    expect(qrCode(`https://${'a'.repeat(200)}/v/${FINGERPRINT}`)).toBeNull();
  });
});
