import { type Result, refusal, success } from '../shared/result.ts';
import type { PictureFault, PictureSize } from './picture.ts';

export interface JpegHeader extends PictureSize {
  /** 1 grey, 3 colours. */
  readonly components: number;
}

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const ADOBE = 0xee;
const COMMENT = 0xfe;

/** Baseline, extended and progressive, Huffman coded (ITU T.81 table B.1): what every browser and PDF reader decodes. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef;

export const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === START && bytes[2] === 0xff;

interface Segment {
  readonly marker: number;
  /** After its length. */
  readonly data: Buffer;
  /** With marker and length; of a scan with its coded data. */
  readonly whole: Buffer;
}

/** Where coded data ends: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return -1;
}

/** The segments between start and end; null where one is cut off. What follows the end is left out. */
function segmentsOf(bytes: Buffer): readonly Segment[] | null {
  const segments: Segment[] = [];
  for (let at = 2; at + 4 <= bytes.length + 2; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) return segments;
    if (at + 4 > bytes.length) return null;
    const dataEnd = at + 2 + bytes.readUInt16BE(at + 2);
    if (dataEnd < at + 4 || dataEnd > bytes.length) return null;
    const end = marker === SCAN ? endOfScan(bytes, dataEnd) : dataEnd;
    if (end < 0) return null;
    segments.push({ marker, data: bytes.subarray(at + 4, dataEnd), whole: bytes.subarray(at, end) });
    at = end;
  }
  return null;
}

/** The header of a JPEG; null where it is none that can be drawn. */
export function jpegHeader(bytes: Buffer): JpegHeader | null {
  const frame = isJpeg(bytes) ? segmentsOf(bytes)?.find(({ marker }) => FRAMES.has(marker)) : undefined;
  if (!frame || frame.data.length < 6 || frame.data[0] !== 8) return null;
  return { height: frame.data.readUInt16BE(1), width: frame.data.readUInt16BE(3), components: frame.data[5] ?? 0 };
}

/**
 * A JPEG without comments and application data: place, time, camera and preview pictures stand there. The mark that says how colours are
 * coded stays (12 bytes, nothing personal in it).
 */
export function cleanJpeg(bytes: Buffer): Result<Buffer, PictureFault> {
  const header = jpegHeader(bytes);
  const segments = segmentsOf(bytes);
  if (!header || !segments?.some(({ marker }) => marker === SCAN)) return refusal('damaged');
  if (header.components !== 1 && header.components !== 3) return refusal('colours');
  const kept = segments.filter(({ marker, data }) => {
    if (marker === ADOBE) return data.length === 12 && data.toString('latin1', 0, 5) === 'Adobe';
    return !isApplication(marker) && marker !== COMMENT;
  });
  return success(Buffer.concat([Buffer.of(0xff, START), ...kept.map(({ whole }) => whole), Buffer.of(0xff, END)]));
}
