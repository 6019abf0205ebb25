import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import decodeQr from 'qr/decode.js';
import { requireTool } from './tools.ts';

/** What a phone makes of the QR code on a page, held before its whole picture at 150 dots an inch. Throws where there is none. */
export const scanned = (bytes: Buffer, page: number): string => decodeQr(pictureOf(bytes, page, 150));

/** A page as a grey picture, at so many dots an inch; a byte each of red, green, blue and opacity, row by row. */
export function pictureOf(bytes: Buffer, page: number, resolution: number) {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, bytes);
    const args = ['-gray', '-r', `${resolution}`, '-f', `${page}`, '-l', `${page}`, file];
    const picture = execFileSync(requireTool('pdftoppm'), args, { maxBuffer: 1 << 28 });
    const head = /^P5\n(\d+) (\d+)\n255\n/.exec(picture.subarray(0, 32).toString('latin1'));
    if (head === null) throw new Error('no picture of a page');
    const [width, height] = [Number(head[1]), Number(head[2])];
    const data = new Uint8Array(width * height * 4).fill(255);
    for (let pixel = 0; pixel < width * height; pixel++) data.fill(picture[head[0].length + pixel] ?? 0, pixel * 4, pixel * 4 + 3);
    return { width, height, data };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
