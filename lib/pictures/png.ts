import { crc32, inflateSync } from 'node:zlib';
import { type Result, refusal, success } from '../shared/result.ts';
import type { PictureFault, PictureSize } from './picture.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** What a picture needs to be drawn; everything else may tell where, when and by whom it was made. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** Samples a pixel, by colour type (PNG 3rd edition §11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

export interface PngHeader extends PictureSize {
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colourType: number;
  readonly interlaced: boolean;
}

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(SIGNATURE);

/** The header of a PNG; null where it is not one. */
export function pngHeader(bytes: Buffer): PngHeader | null {
  if (!isPng(bytes) || bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const [depth = 0, colourType = 0, compression, filter, interlace] = bytes.subarray(24, 29);
  if (!DEPTHS[colourType]?.includes(depth) || compression !== 0 || filter !== 0) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), depth, colourType, interlaced: interlace !== 0 };
}

export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
  /** With its length, type and check sum. */
  readonly whole: Buffer;
}

/** The chunks up to the end; null where one is cut off or its check sum is wrong. What follows the end is left out. */
export function pngChunks(bytes: Buffer): readonly PngChunk[] | null {
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null;
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  return null;
}

/** Bytes of a line before compression, its filter's byte included. */
const lineBytes = ({ width, depth, colourType }: PngHeader): number => 1 + Math.ceil((width * depth * (SAMPLES[colourType] ?? 1)) / 8);

/** Whether there is one palette, of 1 to 256 colours of three bytes (PNG 3rd edition §11.2.2). */
function hasPalette(chunks: readonly PngChunk[]): boolean {
  const [palette, ...more] = chunks.filter(({ type }) => type === 'PLTE');
  const bytes = palette?.data.length ?? 0;
  return more.length === 0 && bytes >= 3 && bytes <= 768 && bytes % 3 === 0;
}

/** A PNG without anything beside the picture itself. Its pixels are unpacked once, so that no damaged or endless one is stored. */
export function cleanPng(bytes: Buffer): Result<Buffer, PictureFault> {
  const header = pngHeader(bytes);
  const chunks = pngChunks(bytes);
  if (!header || !chunks) return refusal('damaged');
  if (header.interlaced) return refusal('interlaced');
  const expected = header.height * lineBytes(header);
  try {
    const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
    if (inflateSync(packed, { maxOutputLength: expected }).length !== expected) return refusal('damaged');
  } catch {
    return refusal('damaged');
  }
  if (header.colourType === 3 && !hasPalette(chunks)) return refusal('damaged');
  return success(Buffer.concat([SIGNATURE, ...chunks.filter(({ type }) => KEPT.has(type)).map(({ whole }) => whole)]));
}
