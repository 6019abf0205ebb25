import { closeSync, openSync } from 'node:fs';
import { type ComposedGlyph, FIRST_COMPOSED } from '../text/face.ts';
import { readBytes, readTableDirectory, type TableDirectory } from '../text/font-file.ts';

/**
 * Subsetting of TrueType fonts: the outlines of some glyphs, numbered anew in the order they are asked for. All else that a font file
 * holds — hints, names, layout, the mapping of characters — is left out, since the PDF brings its own.
 */
export interface Subset {
  /** A TrueType font with the outlines of the glyphs asked for and of their components. */
  readonly font: Buffer;
  /** Number in the subset by number in the file. */
  readonly numbers: ReadonlyMap<number, number>;
  /** The whole font's metrics. */
  readonly metrics: FontMetrics;
}

export interface FontMetrics {
  readonly box: readonly number[];
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
}

/**
 * The font of a file with the outlines of these glyphs only; glyph 0, which every font must have, comes first. Numbers from
 * `FIRST_COMPOSED` are those of `composed`.
 */
export function subsetFont(file: URL, glyphs: Iterable<number>, composed: readonly ComposedGlyph[] = []): Subset {
  const descriptor = openSync(file, 'r');
  try {
    const directory = readTableDirectory(descriptor);
    const numbers = new Map<number, number>([[0, 0]]);
    for (const glyph of glyphs) if (!numbers.has(glyph)) numbers.set(glyph, numbers.size);
    for (const glyph of [...numbers.keys()])
      for (const part of composed[glyph - FIRST_COMPOSED]?.parts ?? []) if (!numbers.has(part.glyph)) numbers.set(part.glyph, numbers.size);
    const outlines = readOutlines(descriptor, directory, numbers);
    compose(outlines, numbers, composed);
    return { font: subsetFile(descriptor, directory, numbers, outlines, composed), numbers, metrics: readMetrics(descriptor, directory) };
  } finally {
    closeSync(descriptor);
  }
}

function tableOf(descriptor: number, directory: TableDirectory, name: string): Buffer {
  const place = directory.get(name);
  if (place === undefined) throw new Error(`the font has no table ${name}`);
  return readBytes(descriptor, place.offset, place.length);
}

// One read fetches what lies beside a glyph too: names of one script use neighbours.
const WINDOW = 1 << 16;

/** Outlines by number in the subset. Components that nothing else asks for are added to `numbers`. */
function readOutlines(descriptor: number, directory: TableDirectory, numbers: Map<number, number>): Buffer[] {
  const glyf = directory.get('glyf');
  if (glyf === undefined) throw new Error('the font has no TrueType outlines');
  const longOffsets = tableOf(descriptor, directory, 'head').readInt16BE(50) === 1;
  const loca = tableOf(descriptor, directory, 'loca');
  const offsetOf = (glyph: number) => (longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  const outlines: Buffer[] = [];
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;
  const read = (glyph: number): Buffer => {
    const start = offsetOf(glyph);
    const end = offsetOf(glyph + 1);
    if (start < windowStart || end > windowStart + window.length) {
      window = readBytes(descriptor, glyf.offset + start, Math.min(Math.max(WINDOW, end - start), glyf.length - start));
      windowStart = start;
    }
    return Buffer.from(window.subarray(start - windowStart, end - windowStart));
  };
  // In the file's order, so that a window serves many; components join the next round.
  for (let wanted = [...numbers.keys()]; wanted.length > 0; ) {
    const known = numbers.size;
    for (const glyph of wanted.filter((one) => one < FIRST_COMPOSED).toSorted((one, two) => one - two)) {
      outlines[numbers.get(glyph) ?? 0] = withoutHints(read(glyph), (component) => {
        const number = numbers.get(component) ?? numbers.size;
        numbers.set(component, number);
        return number;
      });
    }
    wanted = [...numbers.keys()].slice(known);
  }
  return outlines;
}

/** Flags of a component (OpenType, table `glyf`). */
const WORD_ARGUMENTS = 0x1;
const OFFSETS = 0x2;
const ONE_SCALE = 0x8;
const MORE_COMPONENTS = 0x20;
const TWO_SCALES = 0x40;
const MATRIX = 0x80;
const HINTED = 0x100;

/** An outline without its hinting program, its components renumbered; `outline` is changed in place. */
function withoutHints(outline: Buffer, renumber: (component: number) => number): Buffer {
  if (outline.length === 0) return outline;
  const contours = outline.readInt16BE(0);
  if (contours >= 0) {
    const at = 10 + 2 * contours;
    const program = outline.readUInt16BE(at);
    if (program === 0) return outline;
    outline.writeUInt16BE(0, at);
    return Buffer.concat([outline.subarray(0, at + 2), outline.subarray(at + 2 + program)]);
  }
  for (let at = 10; ; ) {
    const flags = outline.readUInt16BE(at);
    outline.writeUInt16BE(flags & ~HINTED, at);
    outline.writeUInt16BE(renumber(outline.readUInt16BE(at + 2)), at + 2);
    at += 4 + (flags & WORD_ARGUMENTS ? 4 : 2) + (flags & ONE_SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0);
    if ((flags & MORE_COMPONENTS) === 0) return outline.subarray(0, at);
  }
}

/** Adds the outlines of composed glyphs, whose parts are among the others: components of a glyph that has no contours of its own. */
function compose(outlines: Buffer[], numbers: ReadonlyMap<number, number>, composed: readonly ComposedGlyph[]): void {
  for (const [index, { parts }] of composed.entries()) {
    const number = numbers.get(FIRST_COMPOSED + index);
    if (number === undefined) continue;
    const inked = parts.flatMap(({ glyph, x, y }) => {
      const outline = outlines[numbers.get(glyph) ?? 0];
      return outline === undefined || outline.length === 0 ? [] : [{ component: numbers.get(glyph) ?? 0, outline, x, y }];
    });
    const composite = Buffer.alloc(inked.length === 0 ? 0 : 10 + 8 * inked.length);
    for (const [place, { component, outline, x, y }] of inked.entries()) {
      if (place === 0) composite.writeInt16BE(-1, 0);
      for (const [corner, least] of [true, true, false, false].entries()) {
        const edge = outline.readInt16BE(2 + corner * 2) + (corner % 2 === 0 ? x : y);
        const before = place === 0 ? edge : composite.readInt16BE(2 + corner * 2);
        composite.writeInt16BE(least ? Math.min(before, edge) : Math.max(before, edge), 2 + corner * 2);
      }
      const at = 10 + 8 * place;
      composite.writeUInt16BE(WORD_ARGUMENTS | OFFSETS | (place < inked.length - 1 ? MORE_COMPONENTS : 0), at);
      composite.writeUInt16BE(component, at + 2);
      composite.writeInt16BE(x, at + 4);
      composite.writeInt16BE(y, at + 6);
    }
    outlines[number] = composite;
  }
}

function subsetFile(
  descriptor: number,
  directory: TableDirectory,
  numbers: ReadonlyMap<number, number>,
  outlines: readonly Buffer[],
  composed: readonly ComposedGlyph[],
): Buffer {
  const count = outlines.length;
  const head = tableOf(descriptor, directory, 'head');
  head.writeUInt32BE(0, 8);
  head.writeInt16BE(1, 50);
  const hhea = tableOf(descriptor, directory, 'hhea');
  const hmtx = horizontalMetrics(tableOf(descriptor, directory, 'hmtx'), hhea.readUInt16BE(34), numbers, outlines, composed);
  hhea.writeUInt16BE(count, 34);
  const maxp = tableOf(descriptor, directory, 'maxp');
  maxp.writeUInt16BE(count, 4);
  // One zone and nothing for hinting programs to use: there are none.
  maxp.writeUInt16BE(1, 14);
  maxp.fill(0, 16, 28);
  if (composed.length > 0) {
    const most = Math.max(...composed.map(({ parts }) => parts.length), 1);
    for (const [simple, composite] of [
      [6, 10],
      [8, 12],
    ] as const)
      maxp.writeUInt16BE(Math.min(0xffff, Math.max(maxp.readUInt16BE(simple), maxp.readUInt16BE(composite)) * most), composite);
    maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(28), most), 28);
    maxp.writeUInt16BE(maxp.readUInt16BE(30) + 1, 30);
  }
  const loca = Buffer.alloc((count + 1) * 4);
  const padded: Buffer[] = [];
  let end = 0;
  for (const [number, outline] of outlines.entries()) {
    padded.push(outline, Buffer.alloc(-outline.length & 3));
    end += outline.length + (-outline.length & 3);
    loca.writeUInt32BE(end, (number + 1) * 4);
  }
  return fontFile([
    ['glyf', Buffer.concat(padded)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', maxp],
  ]);
}

/** Advance and left bearing by number in the subset; the file leaves out advances at its end that are all the same. */
function horizontalMetrics(
  hmtx: Buffer,
  full: number,
  numbers: ReadonlyMap<number, number>,
  outlines: readonly Buffer[],
  composed: readonly ComposedGlyph[],
): Buffer {
  const metrics = Buffer.alloc(numbers.size * 4);
  for (const [glyph, number] of numbers) {
    const own = composed[glyph - FIRST_COMPOSED];
    if (own !== undefined) {
      const outline = outlines[number];
      metrics.writeUInt16BE(own.advance, number * 4);
      // Where its ink begins: readers move an outline whose bearing says otherwise.
      metrics.writeInt16BE(outline === undefined || outline.length === 0 ? 0 : outline.readInt16BE(2), number * 4 + 2);
      continue;
    }
    metrics.writeUInt16BE(hmtx.readUInt16BE(Math.min(glyph, full - 1) * 4), number * 4);
    metrics.writeInt16BE(hmtx.readInt16BE(glyph < full ? glyph * 4 + 2 : full * 4 + (glyph - full) * 2), number * 4 + 2);
  }
  return metrics;
}

// What the checksum of a whole font file must come to (OpenType, table `head`).
const WHOLE_CHECKSUM = 0xb1b0afba;

/** A font file of these tables, given in the order of their names. */
function fontFile(tables: readonly (readonly [name: string, table: Buffer])[]): Buffer {
  const directory = Buffer.alloc(12 + 16 * tables.length);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tables.length, 4);
  const power = Math.floor(Math.log2(tables.length));
  directory.writeUInt16BE(16 << power, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(16 * tables.length - (16 << power), 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  let headAt = 0;
  for (const [index, [name, table]] of tables.entries()) {
    const padded = table.length % 4 === 0 ? table : Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    directory.write(name, 12 + 16 * index, 'latin1');
    directory.writeUInt32BE(checksum(padded), 16 + 16 * index);
    directory.writeUInt32BE(offset, 20 + 16 * index);
    directory.writeUInt32BE(table.length, 24 + 16 * index);
    if (name === 'head') headAt = offset;
    parts.push(padded);
    offset += padded.length;
  }
  const file = Buffer.concat(parts);
  file.writeUInt32BE((WHOLE_CHECKSUM - checksum(file)) >>> 0, headAt + 8);
  return file;
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

/** Out of the tables `head`, `hhea` and `OS/2`, in font units. */
function readMetrics(descriptor: number, directory: TableDirectory): FontMetrics {
  const head = tableOf(descriptor, directory, 'head');
  const hhea = tableOf(descriptor, directory, 'hhea');
  const os2 = tableOf(descriptor, directory, 'OS/2');
  return {
    box: [36, 38, 40, 42].map((offset) => head.readInt16BE(offset)),
    ascent: hhea.readInt16BE(4),
    descent: hhea.readInt16BE(6),
    capHeight: os2.readUInt16BE(0) >= 2 ? os2.readInt16BE(88) : 700,
  };
}
