import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Letterhead } from '../../../lib/document/model.ts';
import { acceptPicture } from '../../../lib/pictures/picture.ts';
import { documentText, letterDocument } from '../../support/letter-documents.ts';
import { renderToBytes, textOf } from '../../support/pdf.ts';
import { PdfFile } from '../../support/pdf-check/file.ts';
import { blueJpeg, pngChunk, testPng } from '../../support/pictures.ts';
import { hasTool, requireTool } from '../../support/tools.ts';

function letterhead(sent: Buffer | null): Letterhead {
  const picture = sent && acceptPicture(sent);
  if (picture && !picture.ok) throw new Error(picture.reason);
  const logo = picture && {
    mediaType: picture.value.mediaType,
    width: picture.value.width,
    height: picture.value.height,
    base64: picture.value.bytes.toString('base64'),
  };
  return { name: 'River House', lines: ['River House', 'Quay 1'], logo };
}

/** Complains about a PDF that is not sound, its streams included. */
function check(bytes: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-letterhead-'));
  try {
    writeFileSync(join(folder, 'letter.pdf'), bytes);
    execFileSync(requireTool('qpdf'), ['--check', join(folder, 'letter.pdf')], { stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const palette = [pngChunk('PLTE', Buffer.alloc(768, 9)), pngChunk('tRNS', Buffer.alloc(256, 3))];
const small = [pngChunk('PLTE', Buffer.alloc(12, 9)), pngChunk('tRNS', Buffer.from([0]))];
const clear = (...bytes: readonly number[]) => pngChunk('tRNS', Buffer.from(bytes));
/** All of one pixel. */
const plainPng = (colourType: number, samples: readonly number[], between: readonly Buffer[] = []) =>
  testPng({
    width: 16,
    height: 16,
    colourType,
    between,
    packed: deflateSync(Buffer.from(Array.from({ length: 16 }, () => [0, ...Array.from({ length: 16 }, () => samples).flat()]).flat())),
  });
const LOGOS: Readonly<Record<string, readonly [Buffer, readonly string[]]>> = {
  'a grey PNG': [testPng({ colourType: 0 }), ['/Predictor 15', '/DeviceGray']],
  'a coloured PNG': [testPng({ colourType: 2 }), ['/Predictor 15', '/Colors 3', '/DeviceRGB']],
  'a PNG with a palette and transparency': [testPng({ colourType: 3, between: palette }), ['/Indexed/DeviceRGB 255', '/SMask']],
  'a grey PNG with transparency': [testPng({ colourType: 4 }), ['/DeviceGray', '/SMask']],
  'a coloured PNG with transparency': [testPng({ colourType: 6 }), ['/DeviceRGB', '/SMask']],
  'a PNG with a small palette and transparency': [
    testPng({ width: 50, colourType: 3, depth: 2, packed: deflateSync(Buffer.alloc(32 * 14)), between: small }),
    ['/Indexed/DeviceRGB 3', '/SMask'],
  ],
  'a grey PNG with a clear colour': [testPng({ colourType: 0, between: [clear(0, 7)] }), ['/DeviceGray', '/Mask[7 7]']],
  'a coloured PNG with a clear colour': [
    testPng({ colourType: 2, between: [clear(0, 7, 0, 8, 0, 255)] }),
    ['/DeviceRGB', '/Mask[7 7 8 8 255 255]'],
  ],
  'a JPEG': [blueJpeg(), ['/DCTDecode', '/DeviceRGB']],
};

describe.skipIf(!hasTool('pdftotext') || !hasTool('qpdf'))('a letterhead', () => {
  it.each(Object.entries(LOGOS))('with %s stands at the head of the first page', async (_, [sent, marks]) => {
    const document = letterDocument({ letterhead: letterhead(sent) });
    const { bytes } = await renderToBytes(document);
    const raw = Buffer.from(bytes).toString('latin1');
    for (const mark of ['/Subtype/Image', ...marks]) expect(raw).toContain(mark);
    expect(textOf(bytes).trim()).toMatch(/^River House\s+Quay 1\s/);
    check(bytes);
  });

  it.each<[string, Buffer, readonly number[]]>([
    ['a coloured PNG', plainPng(6, [200, 0, 100, 128]), [227, 127, 177]],
    ['a grey PNG', plainPng(4, [200, 51]), [244]],
    ['a PNG with a palette', plainPng(3, [1], [pngChunk('PLTE', Buffer.from([0, 0, 0, 200, 0, 100])), clear(255, 128)]), []],
  ])('lies in an archive on white, without a soft mask: %s', async (_, sent, pixel) => {
    const { bytes } = await renderToBytes(letterDocument({ letterhead: letterhead(sent) }), { pdfa: '1b' });
    const pdf = await PdfFile.open(bytes);
    const [picture, ...masks] = pdf.objects.flatMap(([, object]) => (pdf.name(object, 'Subtype') === 'Image' ? [object] : []));
    expect(masks).toEqual([]);
    expect([...(pdf.stream(picture)?.subarray(0, pixel.length) ?? [])]).toEqual(pixel);
    const [, , , palette] = pdf.list(picture, 'ColorSpace');
    if (palette !== undefined) expect(palette.toString()).toBe('<000000e37fb1>');
  });

  it('stands before the first text alone, in both directions, and not on a list by itself', async () => {
    const texts = [documentText({ language: 'fa' }), documentText({ language: 'en', authentic: false })];
    const document = letterDocument({ texts, letterhead: letterhead(testPng()) });
    const { bytes } = await renderToBytes(document);
    expect(textOf(bytes).split('River House')).toHaveLength(2);
    const block = await renderToBytes(document, { blockOnly: true });
    expect(textOf(block.bytes)).not.toContain('River House');
    expect(Buffer.from(block.bytes).toString('latin1')).not.toContain('/Subtype/Image');
  });

  it('needs no logo', async () => {
    const { bytes } = await renderToBytes(letterDocument({ letterhead: letterhead(null) }));
    expect(textOf(bytes).trim()).toMatch(/^River House\s+Quay 1\s/);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('/Subtype/Image');
  });
});
