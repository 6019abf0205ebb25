import { Blob, Font, Face as FontFace } from 'harfbuzzjs';
import { subsetFont } from '../pdf/document/subset.ts';
import type { Face } from '../pdf/text/face.ts';
import type { Line } from '../pdf/text/line.ts';
import type { Run } from '../pdf/text/run.ts';
import type { Raster } from './raster.ts';

/** A glyph of a face and where its origin lies, in thousandths of an em from the run's beginning; up is positive. */
interface PlacedGlyph {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

/** Where a line begins: its leftmost point on its baseline, in pixels. */
export interface LinePlace {
  readonly line: Line;
  readonly x: number;
  readonly baseline: number;
}

/** Adds the outlines of some lines to a raster; they are filled by whoever asks. */
export function drawLines(raster: Raster, places: readonly LinePlace[]): void {
  const glyphs = new Map<Face, Set<number>>();
  for (const { line } of places) {
    for (const run of line.runs) {
      const wanted = glyphs.get(run.face) ?? new Set<number>();
      for (const { glyph } of placedGlyphs(run)) wanted.add(glyph);
      glyphs.set(run.face, wanted);
    }
  }
  const outlines = new Map([...glyphs].map(([face, wanted]) => [face, outlinesOf(face, wanted)]));
  for (const { line, x, baseline } of places) {
    let start = x;
    const em = line.size / 1000;
    for (const run of line.runs) {
      for (const { glyph, x: right, y: up } of placedGlyphs(run)) {
        const outline = outlines.get(run.face)?.get(glyph) ?? [];
        trace(raster, outline, { x: start + right * em, y: baseline - up * em, scale: run.face.scale * em });
      }
      if (run.missing !== null) frame(raster, start + 60 * em, baseline, (run.advance - 120) * em, 700 * em);
      start += run.advance * em;
    }
  }
}

type Outline = ReturnType<Font['glyphToJson']>;

/** The shaping fonts of the large scripts have no outlines: those that are drawn come out of the file. */
function outlinesOf(face: Face, glyphs: ReadonlySet<number>): ReadonlyMap<number, Outline> {
  const { font, numbers } = subsetFont(face.url, glyphs, face.composed);
  const drawn = new Font(new FontFace(new Blob(font)));
  return new Map([...glyphs].map((glyph) => [glyph, drawn.glyphToJson(numbers.get(glyph) ?? 0)]));
}

/** Reads a run as the pages of a PDF are given it: pairs of bytes, with shifts between them. */
function placedGlyphs(run: Run): readonly PlacedGlyph[] {
  const placed: PlacedGlyph[] = [];
  const parts = run.shown === null ? run.raised : [{ rise: 0, shown: run.shown }];
  let x = 0;
  for (const { rise, shown } of parts) {
    const bytes: number[] = [];
    for (let at = 0; at < shown.length; ) {
      if (shown[at] === ')') {
        const end = shown.indexOf('(', at);
        x -= Number(shown.slice(at + 1, end));
        at = end + 1;
        continue;
      }
      const escaped = shown[at] === '\\';
      const character = shown[escaped ? at + 1 : at] ?? '';
      bytes.push(escaped && character === 'r' ? 13 : escaped && character === 'n' ? 10 : character.charCodeAt(0));
      at += escaped ? 2 : 1;
      const [high, low] = bytes;
      if (high === undefined || low === undefined) continue;
      bytes.length = 0;
      const glyph = run.face.glyphs[high * 256 + low] ?? 0;
      placed.push({ glyph, x, y: rise });
      x += run.face.advanceOf(glyph) * run.face.scale;
    }
  }
  return placed;
}

/** Steps a curve is drawn in: at these sizes none is seen. */
const STEPS = 6;

function trace(
  raster: Raster,
  outline: Outline,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
): void {
  let [fromX, fromY, beginX, beginY] = [x, y, x, y];
  const to = (toX: number, toY: number) => {
    raster.edge(fromX, fromY, toX, toY);
    [fromX, fromY] = [toX, toY];
  };
  for (const { type, values } of outline) {
    const points = values.map((value, index) => (index % 2 === 0 ? x + value * scale : y - value * scale));
    const [ax = 0, ay = 0, bx = 0, by = 0] = points;
    if (type === 'M') [fromX, fromY, beginX, beginY] = [ax, ay, ax, ay];
    else if (type === 'L') to(ax, ay);
    else if (type === 'Z') to(beginX, beginY);
    else if (type === 'Q') {
      const [startX, startY] = [fromX, fromY];
      for (let step = 1; step <= STEPS; step++) {
        const t = step / STEPS;
        const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
        to(p * startX + q * ax + r * bx, p * startY + q * ay + r * by);
      }
    } else throw new Error(`an outline with ${type}`);
  }
}

/** A character that no font has: an empty box. */
function frame(raster: Raster, x: number, baseline: number, width: number, height: number): void {
  const line = Math.max(1, height / 14);
  for (const [inset, sign] of [
    [0, 1],
    [line, -1],
  ] as const) {
    const [left, right, top, bottom] = [x + inset, x + width - inset, baseline - height + inset, baseline - inset];
    const [one, other] = sign === 1 ? [top, bottom] : [bottom, top];
    raster.edge(left, one, left, other);
    raster.edge(right, other, right, one);
  }
}
