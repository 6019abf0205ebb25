import { Blob, Font, Face as FontFace, Buffer as ShapingBuffer } from 'harfbuzzjs';
import { readForShaping } from './font-file.ts';
import type { Reach } from './run.ts';

interface OpenFont {
  readonly font: Font;
  readonly buffer: ShapingBuffer;
  /** Thousandths of an em per font unit. */
  readonly scale: number;
  /** By glyph, in font units. */
  readonly advances: Map<number, number>;
}

/** A glyph that the font does not have: some of its own, each moved from the origin, with one advance; all in font units. */
export interface ComposedGlyph {
  readonly parts: readonly { readonly glyph: number; readonly x: number; readonly y: number }[];
  readonly advance: number;
}

/** Numbers from here on are of composed glyphs: no font has so many of its own. */
export const FIRST_COMPOSED = 0x10000;

// Kept for the process: opening a font again costs more than a short letter.
const open = new Map<string, OpenFont>();

function openFont(url: URL): OpenFont {
  let opened = open.get(url.href);
  if (opened === undefined) {
    const face = new FontFace(new Blob(readForShaping(url)));
    opened = { font: new Font(face), buffer: new ShapingBuffer(), scale: 1000 / face.upem, advances: new Map() };
    open.set(url.href, opened);
  }
  return opened;
}

/**
 * One font file that is in use in a document: its shaping font, and the CIDs given out so far. A CID stands for a pair of glyph and text, in the
 * order of first use, so that pages can be written before the subset exists and one glyph can carry several texts.
 */
export class Face {
  /** PostScript name. */
  readonly name: string;
  readonly url: URL;
  /** Name of the font in the pages' resources: F0, F1 … in the order of opening. */
  readonly resource: string;
  readonly font: Font;
  readonly buffer: ShapingBuffer;
  /** Glyph by CID; CID 0 is .notdef. */
  readonly glyphs: number[] = [0];
  /** Text by CID: what a reader copies. */
  readonly texts: string[] = [''];
  /** By number from `FIRST_COMPOSED`. */
  readonly composed: ComposedGlyph[] = [];
  /** Thousandths of an em per font unit. */
  readonly scale: number;
  private readonly cids = new Map<string, number>();
  private readonly compositions = new Map<string, number>();
  private readonly advances: Map<number, number>;
  private readonly inks = new Map<number, Reach>();
  private emptyGlyph: number | null | undefined;

  constructor(name: string, url: URL, index: number) {
    this.name = name;
    this.url = url;
    this.resource = `F${index}`;
    const { font, buffer, scale, advances } = openFont(url);
    this.font = font;
    this.buffer = buffer;
    this.scale = scale;
    this.advances = advances;
  }

  covers(codePoint: number): boolean {
    return Boolean(this.font.nominalGlyph(codePoint));
  }

  /** In font units. */
  advanceOf(glyph: number): number {
    if (glyph >= FIRST_COMPOSED) return this.composed[glyph - FIRST_COMPOSED]?.advance ?? 0;
    let advance = this.advances.get(glyph);
    if (advance === undefined) {
      advance = this.font.glyphHAdvance(glyph);
      this.advances.set(glyph, advance);
    }
    return advance;
  }

  /** How far a glyph's outline reaches above and below its origin, in font units. */
  inkOf(glyph: number): Reach {
    let ink = this.inks.get(glyph);
    if (ink === undefined) {
      const extents = this.font.glyphExtents(glyph);
      ink = extents === undefined ? { up: 0, down: 0 } : { up: extents.yBearing, down: -extents.yBearing - extents.height };
      this.inks.set(glyph, ink);
    }
    return ink;
  }

  cid(glyph: number, text: string): number {
    const key = `${glyph} ${text}`;
    let cid = this.cids.get(key);
    if (cid === undefined) {
      cid = this.glyphs.length;
      if (cid > 0xffff) throw new Error(`${this.name}: more than 65,535 pairs of glyph and text`);
      this.cids.set(key, cid);
      this.glyphs.push(glyph);
      this.texts.push(text);
    }
    return cid;
  }

  /** Number of the glyph that is composed so. */
  compose(composed: ComposedGlyph): number {
    const key = JSON.stringify(composed);
    let glyph = this.compositions.get(key);
    if (glyph === undefined) {
      glyph = FIRST_COMPOSED + this.composed.length;
      this.compositions.set(key, glyph);
      this.composed.push(composed);
    }
    return glyph;
  }

  /** A glyph without width and ink, to carry the letters of a ligature after the first; null if the font has none. */
  invisibleGlyph(): number | null {
    if (this.emptyGlyph === undefined) {
      const glyph = this.font.nominalGlyph(0x200c);
      const extents = glyph === undefined ? undefined : this.font.glyphExtents(glyph);
      const blank = extents === undefined || (extents.width === 0 && extents.height === 0);
      this.emptyGlyph = glyph !== undefined && glyph !== 0 && this.advanceOf(glyph) === 0 && blank ? glyph : null;
    }
    return this.emptyGlyph;
  }
}
