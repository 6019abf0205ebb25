import { createHash } from 'node:crypto';
import type { Face } from '../text/face.ts';
import { utf16Hex } from '../text/run.ts';
import { asciiString, refTo } from './pdf-lib.ts';
import { subsetFont } from './subset.ts';
import type { PdfWriter } from './writer.ts';

// PDF/A-1 allows no longer arrays.
const LONGEST_ARRAY = 8000;

/** Writes a face's subset with its widths and texts; gives the number of its Type 0 font. */
export function embedFace(writer: PdfWriter, face: Face): number {
  const { context } = writer;
  const scaled = (units: number) => Math.round(units * face.scale);
  const { font: subset, numbers, metrics } = subsetFont(face.url, face.glyphs, face.composed);
  const name = `${subsetTag(face)}+${face.name}`;

  const fontFile = writer.allocate();
  writer.stream(fontFile, `/Length1 ${subset.length}`, subset);
  const toUnicode = writer.allocate();
  writer.stream(toUnicode, '', Buffer.from(toUnicodeMap(face.texts), 'latin1'));
  const toGlyph = writer.allocate();
  const map = Buffer.alloc(face.glyphs.length * 2);
  for (const [cid, glyph] of face.glyphs.entries()) map.writeUInt16BE(numbers.get(glyph) ?? 0, cid * 2);
  writer.stream(toGlyph, '', map);

  const descriptor = writer.allocate();
  const descriptorDict = context.obj({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: metrics.box.map(scaled),
    ItalicAngle: face.name.includes('Italic') ? -12 : 0,
    Ascent: scaled(metrics.ascent),
    Descent: scaled(metrics.descent),
    CapHeight: scaled(metrics.capHeight),
    StemV: face.name.includes('Bold') ? 140 : 80,
    FontFile2: refTo(fontFile),
    ...(writer.classic ? { CIDSet: refTo(writeCidSet(writer, face.glyphs.length)) } : {}),
  });
  writer.object(descriptor, descriptorDict);

  const descendant = writer.allocate();
  writer.object(
    descendant,
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: asciiString('Adobe'), Ordering: asciiString('Identity'), Supplement: 0 },
      FontDescriptor: refTo(descriptor),
      CIDToGIDMap: refTo(toGlyph),
      DW: 0,
      W: widths(face),
    }),
  );
  const font = writer.allocate();
  writer.object(
    font,
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [refTo(descendant)],
      ToUnicode: refTo(toUnicode),
    }),
  );
  return font;
}

/** Six letters that depend on the subset's glyphs alone. */
function subsetTag(face: Face): string {
  const digest = createHash('sha256')
    .update(face.name)
    .update(face.glyphs.join())
    .update(face.composed.length === 0 ? '' : JSON.stringify(face.composed))
    .digest();
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

function widths(face: Face): (number | number[])[] {
  const result: (number | number[])[] = [];
  for (let first = 0; first < face.glyphs.length; first += LONGEST_ARRAY) {
    const part = face.glyphs.slice(first, first + LONGEST_ARRAY);
    result.push(
      first,
      part.map((glyph) => Math.round(face.advanceOf(glyph) * face.scale * 10) / 10),
    );
  }
  return result;
}

function writeCidSet(writer: PdfWriter, count: number): number {
  const bits = Buffer.alloc(Math.ceil(count / 8));
  for (let cid = 0; cid < count; cid++) bits[cid >> 3] = (bits[cid >> 3] ?? 0) | (0x80 >> (cid & 7));
  const number = writer.allocate();
  writer.stream(number, '', bits);
  return number;
}

/**
 * For the glyphs of a cluster after the first, which has the text of all: pdf.js shows the number of a glyph that has no row, and leaves this
 * one out. To poppler it is a letter between letters from right to left: what would need it there is composed.
 */
const UNSEEN = '\u200b';

function toUnicodeMap(texts: readonly string[]): string {
  const rows = texts.map((text, cid) => `<${cid.toString(16).padStart(4, '0')}><${utf16Hex(text === '' ? UNSEEN : text)}>`).slice(1);
  const blocks: string[] = [];
  for (let start = 0; start < rows.length; start += 100) {
    const block = rows.slice(start, start + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><ffff>
endcodespacerange
${blocks.join('')}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}
