import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** Font subsetting by HarfBuzz's own WebAssembly build, by glyph and with the glyph numbers kept. */
interface SubsetExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(size: number): number;
  free(pointer: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_glyph_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_or_fail(face: number, input: number): number;
}

const NO_HINTING = 1;
const RETAIN_GIDS = 2;
const NOTDEF_OUTLINE = 0x40;
const NO_LAYOUT_CLOSURE = 0x200;
const DROPPED_TABLES = 3;
const MEMORY_READONLY = 1;
// The PDF brings its own widths and encoding: only outlines are needed.
const UNNEEDED = 'GSUB GPOS GDEF kern BASE JSTF DSIG STAT MATH meta vhea vmtx VORG MVAR HVAR gasp VDMX hdmx LTSH name OS/2 post cmap'.split(
  ' ',
);

let instance: SubsetExports | undefined;

function load(wasm: URL): SubsetExports {
  if (instance === undefined) {
    const exports: unknown = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm))).exports;
    instance = exports as SubsetExports;
    instance._initialize();
  }
  return instance;
}

const tag = (name: string): number => Buffer.from(name, 'latin1').readUInt32BE();

export interface Subset {
  /** A TrueType font with the outlines of the glyphs asked for. */
  readonly font: Buffer;
  /** The whole font's tables of metrics. */
  readonly metrics: FontMetrics;
}

/** The font of a file with the outlines of these glyphs only. */
export function subsetFont(wasm: URL, file: URL, glyphs: Iterable<number>): Subset {
  const harfbuzz = load(wasm);
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const memory = harfbuzz.malloc(size);
  // Straight into the module's memory: the large fonts would else stand in ours too.
  const whole = Buffer.from(harfbuzz.memory.buffer, memory, size);
  for (let at = 0; at < size; ) at += readSync(descriptor, whole, at, size - at, at);
  closeSync(descriptor);
  const metrics = readMetrics(whole);
  const blob = harfbuzz.hb_blob_create(memory, size, MEMORY_READONLY, 0, 0);
  const face = harfbuzz.hb_face_create(blob, 0);
  const input = harfbuzz.hb_subset_input_create_or_fail();
  const kept = harfbuzz.hb_subset_input_glyph_set(input);
  for (const glyph of glyphs) harfbuzz.hb_set_add(kept, glyph);
  const dropped = harfbuzz.hb_subset_input_set(input, DROPPED_TABLES);
  for (const table of UNNEEDED) harfbuzz.hb_set_add(dropped, tag(table));
  harfbuzz.hb_subset_input_set_flags(input, NO_HINTING | RETAIN_GIDS | NO_LAYOUT_CLOSURE | NOTDEF_OUTLINE);
  const subset = harfbuzz.hb_subset_or_fail(face, input);
  if (subset === 0) throw new Error('the font could not be subset');
  const result = harfbuzz.hb_face_reference_blob(subset);
  const start = harfbuzz.hb_blob_get_data(result, 0);
  const bytes = Buffer.from(new Uint8Array(harfbuzz.memory.buffer, start, harfbuzz.hb_blob_get_length(result)));
  for (const blobToFree of [result, blob]) harfbuzz.hb_blob_destroy(blobToFree);
  for (const faceToFree of [subset, face]) harfbuzz.hb_face_destroy(faceToFree);
  harfbuzz.hb_subset_input_destroy(input);
  harfbuzz.free(memory);
  return { font: bytes, metrics };
}

export interface FontMetrics {
  readonly box: readonly number[];
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
}

/** Out of the tables `head`, `hhea` and `OS/2`, in font units. */
function readMetrics(file: Buffer): FontMetrics {
  const tables = new Map<string, number>();
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const at = 12 + 16 * index;
    tables.set(file.toString('latin1', at, at + 4), file.readUInt32BE(at + 8));
  }
  const head = tables.get('head') ?? 0;
  const hhea = tables.get('hhea') ?? 0;
  const os2 = tables.get('OS/2') ?? 0;
  return {
    box: [0, 2, 4, 6].map((offset) => file.readInt16BE(head + 36 + offset)),
    ascent: file.readInt16BE(hhea + 4),
    descent: file.readInt16BE(hhea + 6),
    capHeight: file.readUInt16BE(os2) >= 2 ? file.readInt16BE(os2 + 88) : 700,
  };
}
