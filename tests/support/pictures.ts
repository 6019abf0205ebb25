import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export interface PngParts {
  readonly width?: number;
  readonly height?: number;
  readonly colourType?: number;
  /** Bits a sample; for others than 8 `packed` is needed. */
  readonly depth?: number;
  readonly interlace?: number;
  /** Chunks between header and pixels. */
  readonly between?: readonly Buffer[];
  /** The packed lines, in place of blue ones. */
  readonly packed?: Buffer;
  readonly after?: Buffer;
}

/** A PNG of 8 bits a sample, each line filtered another way. */
export function testPng(parts: PngParts = {}): Buffer {
  const { width = 48, height = 32, colourType = 2, depth = 8, interlace = 0, between = [], after = Buffer.alloc(0) } = parts;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, interlace], 8);
  const length = width * (SAMPLES[colourType] ?? 1);
  const lines = Buffer.alloc(Math.min(height, 4_000) * (length + 1));
  for (let row = 0; row < Math.min(height, 4_000); row++) {
    const at = row * (length + 1);
    lines[at] = row % 5;
    for (let byte = 1; byte <= length; byte++) lines[at + byte] = row % 5 === 0 ? (byte * 7 + row) % 256 : byte % 3;
  }
  const packed = parts.packed ?? deflateSync(lines);
  const chunks = [pngChunk('IHDR', header), ...between, pngChunk('IDAT', packed), pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...chunks, after]);
}

export function jpegSegment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** The skeleton of a JPEG: its segments are right, its coded data is not a picture. */
export function testJpeg({
  components = 3,
  extra = [],
}: {
  readonly components?: number;
  readonly extra?: readonly Buffer[];
} = {}): Buffer {
  const frame = Buffer.from([
    8,
    0,
    40,
    0,
    60,
    components,
    ...Array.from({ length: components }, (_, index) => [index + 1, 0x11, 0]).flat(),
  ]);
  const scan = jpegSegment(
    0xda,
    Buffer.from([components, ...Array.from({ length: components }, (_, index) => [index + 1, 0]).flat(), 0, 63, 0]),
  );
  const coded = Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
  const tables = jpegSegment(0xdb, Buffer.alloc(65, 1));
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...extra, tables, jpegSegment(0xc0, frame), scan, coded, Buffer.from([0xff, 0xd9])]);
}

/** A whole JPEG, 24 by 16, blue. */
export const blueJpeg = (): Buffer =>
  Buffer.from(
    [
      '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAA',
      'AAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAA',
      'ACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0',
      'AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA',
      'AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
      'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ',
      'c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk',
      'pKT/wAARCAAQABgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAME',
      '/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AmALMgAD/2Q==',
    ].join(''),
    'base64',
  );
