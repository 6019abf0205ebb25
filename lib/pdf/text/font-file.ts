import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Where the tables of a font file lie, by name, in bytes. */
export type TableDirectory = ReadonlyMap<string, { readonly offset: number; readonly length: number }>;

/** `length` bytes of an open file from `offset`; fewer than that is a broken file. */
export function readBytes(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length; ) {
    const read = readSync(descriptor, bytes, at, length - at, offset + at);
    if (read === 0) throw new Error('the font file ends before its tables do');
    at += read;
  }
  return bytes;
}

export function readTableDirectory(descriptor: number): TableDirectory {
  const count = readBytes(descriptor, 0, 12).readUInt16BE(4);
  const records = readBytes(descriptor, 12, 16 * count);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 0; at < records.length; at += 16) {
    const place = { offset: records.readUInt32BE(at + 8), length: records.readUInt32BE(at + 12) };
    tables.set(records.toString('latin1', at, at + 4), place);
  }
  return tables;
}

/** What shaping reads of a font. Outlines are no part of it, save that marks without anchors are placed by the extents of glyphs. */
const SHAPING_TABLES = ['BASE', 'GDEF', 'GPOS', 'GSUB', 'OS/2', 'cmap', 'head', 'hhea', 'hmtx', 'maxp', 'vhea', 'vmtx'];
/** Bytes of outlines from which on a font is opened without them: the Han fonts, where no mark is placed so. */
const LARGE_OUTLINES = 4_000_000;

/** A font file for the shaper: whole, or a large one without its outlines, which are most of it. */
export function readForShaping(file: URL): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const directory = readTableDirectory(descriptor);
    const { size } = fstatSync(descriptor);
    if ((directory.get('glyf')?.length ?? 0) < LARGE_OUTLINES) return readBytes(descriptor, 0, size);
    const kept = SHAPING_TABLES.flatMap((name) => {
      const place = directory.get(name);
      return place === undefined ? [] : [{ name, ...place }];
    });
    const head = readBytes(descriptor, 0, 12 + 16 * kept.length);
    head.writeUInt16BE(kept.length, 4);
    const parts = [head];
    let end = head.length;
    for (const [index, { name, offset, length }] of kept.entries()) {
      head.write(name, 12 + 16 * index, 'latin1');
      head.writeUInt32BE(end, 20 + 16 * index);
      head.writeUInt32BE(length, 24 + 16 * index);
      parts.push(readBytes(descriptor, offset, length), Buffer.alloc(-length & 3));
      end += length + (-length & 3);
    }
    return Buffer.concat(parts);
  } finally {
    closeSync(descriptor);
  }
}
