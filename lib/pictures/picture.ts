import { type Result, refusal, success } from '../shared/result.ts';
import { cleanJpeg, isJpeg, jpegHeader } from './jpeg.ts';
import { cleanPng, isPng, pngHeader } from './png.ts';

/** In pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export type PictureType = 'image/png' | 'image/jpeg';

export interface Picture extends PictureSize {
  readonly mediaType: PictureType;
  readonly bytes: Buffer;
}

/** `interlaced`: sent in passes, which few need and PDF does not know. `colours`: for print, in four inks. */
export type PictureFault = 'not-a-picture' | 'damaged' | 'too-many-pixels' | 'too-few-pixels' | 'interlaced' | 'colours';

export const PICTURE_LIMITS = { bytes: 1_000_000, side: 4_000, pixels: 6_000_000, least: 16 } as const;

/** Kind and size of a picture's bytes, by what they are and not by what their sender calls them; null for anything else. */
export function measurePicture(bytes: Buffer): (PictureSize & { readonly mediaType: PictureType }) | null {
  const header = isPng(bytes) ? pngHeader(bytes) : isJpeg(bytes) ? jpegHeader(bytes) : null;
  return header && { mediaType: isPng(bytes) ? 'image/png' : 'image/jpeg', width: header.width, height: header.height };
}

/** Takes a picture that somebody sent: checked by its own header, and without anything in it but the picture. */
export function acceptPicture(sent: Buffer): Result<Picture, PictureFault> {
  if (!isPng(sent) && !isJpeg(sent)) return refusal('not-a-picture');
  const measured = measurePicture(sent);
  if (!measured) return refusal('damaged');
  const { width, height, mediaType } = measured;
  if (Math.min(width, height) < PICTURE_LIMITS.least) return refusal('too-few-pixels');
  // Before anything is unpacked: a small file may promise a huge picture.
  if (Math.max(width, height) > PICTURE_LIMITS.side || width * height > PICTURE_LIMITS.pixels) return refusal('too-many-pixels');
  const clean = mediaType === 'image/png' ? cleanPng(sent) : cleanJpeg(sent);
  return clean.ok ? success({ mediaType, width, height, bytes: clean.value }) : clean;
}
