import { inflateSync } from 'node:zlib';
import type { LetterheadLogo } from '../../document/model.ts';
import { jpegHeader } from '../../pictures/jpeg.ts';
import { type PngHeader, pngChunks, pngHeader } from '../../pictures/png.ts';
import type { PdfWriter } from './writer.ts';

/** The logo's name among the resources of the pages. */
export const LOGO = 'Logo';

/** Largest size on paper, points. */
const ROOM = { width: 160, height: 56 } as const;
/** Of a pixel: a small picture is not blown up until it blurs. */
const LARGEST_PIXEL = 0.75;

/** How large a logo prints, in points. */
export function letterheadLogoSize({ width, height }: LetterheadLogo): { readonly width: number; readonly height: number } {
  const scale = Math.min(ROOM.width / width, ROOM.height / height, LARGEST_PIXEL);
  return { width: width * scale, height: height * scale };
}

/**
 * Writes the logo as a picture of the document; gives its object number. A JPEG goes in as it is, and so do a PNG's packed lines: PDF
 * knows their filters. Only transparent pixels are taken apart.
 */
export function embedLogo(writer: PdfWriter, { mediaType, base64 }: LetterheadLogo): number {
  const bytes = Buffer.from(base64, 'base64');
  return mediaType === 'image/jpeg' ? embedJpeg(writer, bytes) : embedPng(writer, bytes);
}

const dictionary = (width: number, height: number, space: string, depth: number): string =>
  `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace${space}/BitsPerComponent ${depth}`;

function embedJpeg(writer: PdfWriter, bytes: Buffer): number {
  const header = jpegHeader(bytes);
  if (!header) throw new Error('the logo is no JPEG');
  const { width, height, components } = header;
  const number = writer.allocate();
  writer.stream(number, `${dictionary(width, height, components === 1 ? '/DeviceGray' : '/DeviceRGB', 8)}/Filter/DCTDecode`, bytes, 'none');
  return number;
}

function embedPng(writer: PdfWriter, bytes: Buffer): number {
  const header = pngHeader(bytes);
  const chunks = pngChunks(bytes);
  if (!header || !chunks) throw new Error('the logo is no PNG');
  const dataOf = (type: string) => Buffer.concat(chunks.filter((chunk) => chunk.type === type).map(({ data }) => data));
  const { width, height, depth, colourType } = header;
  const packed = dataOf('IDAT');
  if (colourType >= 4) return embedTransparent(writer, header, packed);
  const alpha = dataOf('tRNS');
  const flat = flattens(writer) && colourType === 3;
  const palette = flat ? paletteOnWhite(dataOf('PLTE'), alpha) : dataOf('PLTE');
  const grey = colourType === 0;
  const space =
    colourType === 3 ? `[/Indexed/DeviceRGB ${palette.length / 3 - 1}<${palette.toString('hex')}>]` : grey ? '/DeviceGray' : '/DeviceRGB';
  const lines = `/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${colourType === 2 ? 3 : 1}/BitsPerComponent ${depth}/Columns ${width}>>`;
  const mask = colourType === 3 ? (alpha.length > 0 && !flat ? paletteMask(writer, header, packed, alpha) : '') : colourKey(header, alpha);
  const number = writer.allocate();
  writer.stream(number, `${dictionary(width, height, space, depth)}${lines}${mask}`, packed, 'none');
  return number;
}

/** Colours and transparency apart, as PDF wants them; of samples of two bytes the first. */
function embedTransparent(writer: PdfWriter, header: PngHeader, packed: Buffer): number {
  const { width, height, depth, colourType } = header;
  const [samples, colours, step] = [colourType === 4 ? 2 : 4, colourType === 4 ? 1 : 3, depth / 8];
  const pixels = unfiltered(packed, header, samples * step);
  const flat = flattens(writer);
  const colour = Buffer.alloc(width * height * colours);
  const alpha = Buffer.alloc(width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * samples * step;
    const opacity = pixels[at + colours * step] ?? 0;
    for (let sample = 0; sample < colours; sample++) {
      const value = pixels[at + sample * step] ?? 0;
      colour[pixel * colours + sample] = flat ? onWhite(value, opacity) : value;
    }
    alpha[pixel] = opacity;
  }
  const mask = flat ? '' : maskOf(writer, header, alpha);
  const number = writer.allocate();
  writer.stream(number, `${dictionary(width, height, colours === 1 ? '/DeviceGray' : '/DeviceRGB', 8)}${mask}`, colour);
  return number;
}

/** PDF/A-1 has no soft masks (ISO 19005-1 §6.4): there a picture is what it looks like on the paper it is printed on. */
const flattens = (writer: PdfWriter): boolean => writer.classic;

const onWhite = (value: number, opacity: number): number => Math.round((value * opacity + 255 * (255 - opacity)) / 255);

const paletteOnWhite = (palette: Buffer, alpha: Buffer): Buffer =>
  Buffer.from(palette.map((value, at) => onWhite(value, alpha[Math.floor(at / 3)] ?? 255)));

function paletteMask(writer: PdfWriter, header: PngHeader, packed: Buffer, alpha: Buffer): string {
  const { width, height, depth } = header;
  const length = Math.ceil((width * depth) / 8);
  const lines = unfiltered(packed, { width: length, height }, 1);
  const mask = Buffer.alloc(width * height);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const bit = (pixel % width) * depth;
    const byte = lines[Math.floor(pixel / width) * length + (bit >> 3)] ?? 0;
    const index = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    mask[pixel] = alpha[index] ?? 255;
  }
  return maskOf(writer, header, mask);
}

/** Of a grey or coloured picture the one colour that is clear: two bytes a sample (PNG 3rd edition §11.3.1.1, ISO 32000-2 §8.9.6.4). */
function colourKey({ depth, colourType }: PngHeader, key: Buffer): string {
  const samples = colourType === 2 ? 3 : 1;
  if (key.length !== samples * 2) return '';
  const values = Array.from({ length: samples }, (_, sample) => key.readUInt16BE(sample * 2) & ((1 << depth) - 1));
  return `/Mask[${values.map((value) => `${value} ${value}`).join(' ')}]`;
}

function maskOf(writer: PdfWriter, { width, height }: PngHeader, alpha: Buffer): string {
  const number = writer.allocate();
  writer.stream(number, dictionary(width, height, '/DeviceGray', 8), alpha);
  return `/SMask ${number} 0 R`;
}

/** The samples of a PNG whose pixels have whole bytes, or the bytes of one whose pixels share them, its lines' filters undone (PNG 3rd edition §9.2). */
function unfiltered(packed: Buffer, { width, height }: Pick<PngHeader, 'width' | 'height'>, pixelBytes: number): Buffer {
  const length = width * pixelBytes;
  const lines = inflateSync(packed, { maxOutputLength: height * (length + 1) });
  const out = Buffer.alloc(height * length);
  for (let row = 0; row < height; row++) {
    const filter = lines[row * (length + 1)];
    for (let at = 0; at < length; at++) {
      const here = row * length + at;
      const left = at < pixelBytes ? 0 : (out[here - pixelBytes] ?? 0);
      const up = row === 0 ? 0 : (out[here - length] ?? 0);
      const corner = row === 0 || at < pixelBytes ? 0 : (out[here - length - pixelBytes] ?? 0);
      out[here] = (lines[row * (length + 1) + 1 + at] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
