import { FIRST_COMPOSED } from '../../lib/pdf/text/face.ts';
import type { Run } from '../../lib/pdf/text/run.ts';

/** A glyph where a page shows it: thousandths of an em from the beginning of its run, up is positive. */
export interface PlacedGlyph {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Reads a run as a reader of PDFs does: two bytes a glyph, and numbers between the strings that move what follows to the left. Of composed
 * glyphs it gives the parts.
 */
export function placedGlyphs({ face, shown, raised }: Run): readonly PlacedGlyph[] {
  const placed: PlacedGlyph[] = [];
  let x = 0;
  for (const part of shown === null ? raised : [{ rise: 0, shown }]) {
    for (const [whole, shift] of part.shown.matchAll(/\)(-?\d+)\(|(?:\\[\s\S]|[^\\]){2}/g)) {
      if (shift !== undefined) {
        x -= Number(shift);
        continue;
      }
      const [high = 0, low = 0] = Buffer.from(
        whole.replaceAll(/\\([\s\S])/g, (_, byte) => ({ r: '\r', n: '\n' })[String(byte)] ?? String(byte)),
        'latin1',
      );
      const glyph = face.glyphs[high * 256 + low] ?? 0;
      const own = face.composed[glyph - FIRST_COMPOSED]?.parts ?? [{ glyph, x: 0, y: 0 }];
      for (const one of own) placed.push({ glyph: one.glyph, x: x + one.x * face.scale, y: part.rise + one.y * face.scale });
      x += face.advanceOf(glyph) * face.scale;
    }
  }
  return placed;
}
