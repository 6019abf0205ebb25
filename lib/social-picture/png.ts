import { crc32, deflateSync } from 'node:zlib';
import type { Raster } from './raster.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The picture as PNG (3rd edition): RGB of eight bits, each row as its difference to the one above, which packs flat areas well. */
export function writePng({ width, height, pixels }: Raster): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const bytes = width * 3;
  const rows = Buffer.alloc((bytes + 1) * height);
  for (let row = 0; row < height; row++) {
    const at = row * (bytes + 1);
    // Filter 2, "up".
    rows[at] = 2;
    for (let index = 0; index < bytes; index++) {
      const above = row === 0 ? 0 : (pixels[(row - 1) * bytes + index] ?? 0);
      rows[at + 1 + index] = (pixels[row * bytes + index] ?? 0) - above;
    }
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
