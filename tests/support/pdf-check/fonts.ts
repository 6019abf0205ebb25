import { PDFArray, type PDFDict, PDFName, type PDFObject } from 'pdf-lib';
import { against, type Finding } from './clauses.ts';
import { type Operand, operationsOf } from './content.ts';
import type { PdfFile } from './file.ts';

/** What a font of the file says of itself, and what its program holds. */
export interface FontFacts {
  readonly name: string;
  readonly dictionary: PDFDict;
  readonly texts: ReadonlyMap<number, string>;
  readonly widths: ReadonlyMap<number, number>;
  readonly defaultWidth: number;
  /** Glyph of a code. */
  readonly glyphs: Buffer | 'identity' | undefined;
  readonly program: FontProgram | undefined;
}

interface FontProgram {
  readonly unitsPerEm: number;
  readonly count: number;
  readonly advances: readonly number[];
}

export function readFont(pdf: PdfFile, dictionary: PDFDict): FontFacts {
  const [descendant] = pdf.list(dictionary, 'DescendantFonts');
  const map = pdf.at(descendant, 'CIDToGIDMap');
  const program = pdf.stream(descendant, 'FontDescriptor', 'FontFile2');
  const unicode = pdf.stream(dictionary, 'ToUnicode');
  return {
    name: pdf.name(dictionary, 'BaseFont') ?? '',
    dictionary,
    texts: unicode === undefined ? new Map() : textsOf(unicode),
    widths: widthsOf(pdf, descendant),
    defaultWidth: pdf.number(descendant, 'DW') ?? 1000,
    glyphs: map instanceof PDFName && map.decodeText() === 'Identity' ? 'identity' : pdf.stream(map),
    program: program === undefined ? undefined : programOf(program),
  };
}

/** Codes and their texts, of the rows and ranges of a CMap. */
function textsOf(cmap: Buffer): Map<number, string> {
  const texts = new Map<number, string>();
  const code = (operand: Operand | undefined) => (Buffer.isBuffer(operand) ? operand.readUIntBE(0, operand.length) : -1);
  const text = (operand: Operand | undefined) => (Buffer.isBuffer(operand) ? Buffer.from(operand).swap16().toString('utf16le') : '');
  for (const { operator, operands } of operationsOf(cmap)) {
    if (operator === 'endbfchar') for (let at = 0; at + 1 < operands.length; at += 2) texts.set(code(operands[at]), text(operands[at + 1]));
    if (operator === 'endbfrange') throw new Error('ranges of texts are not written by the product');
  }
  return texts;
}

function widthsOf(pdf: PdfFile, descendant: PDFObject | undefined): Map<number, number> {
  const widths = new Map<number, number>();
  const rows = pdf.list(descendant, 'W');
  for (let at = 0; at + 1 < rows.length; ) {
    const first = pdf.number(rows[at]) ?? 0;
    const second = rows[at + 1];
    if (second instanceof PDFArray) {
      for (const [index, width] of second.asArray().entries()) widths.set(first + index, pdf.number(width) ?? Number.NaN);
      at += 2;
    } else {
      for (let code = first; code <= (pdf.number(second) ?? -1); code++) widths.set(code, pdf.number(rows[at + 2]) ?? Number.NaN);
      at += 3;
    }
  }
  return widths;
}

function programOf(font: Buffer): FontProgram {
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const row = 12 + index * 16;
    const offset = font.readUInt32BE(row + 8);
    const length = font.readUInt32BE(row + 12);
    if (offset + length > font.length) throw new Error('a table beyond the font');
    tables.set(font.toString('latin1', row, row + 4), font.subarray(offset, offset + length));
  }
  const table = (name: string): Buffer => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`a font without ${name}`);
    return found;
  };
  const count = table('maxp').readUInt16BE(4);
  const long = table('head').readInt16BE(50) === 1;
  if (table('loca').length < (count + 1) * (long ? 4 : 2)) throw new Error('a font without the places of all its glyphs');
  const full = table('hhea').readUInt16BE(34);
  const metrics = table('hmtx');
  const advances = Array.from({ length: count }, (_, glyph) => metrics.readUInt16BE(Math.min(glyph, full - 1) * 4));
  return { unitsPerEm: table('head').readUInt16BE(18), count, advances };
}

export const glyphOf = ({ glyphs }: FontFacts, code: number): number =>
  glyphs === 'identity' ? code : glyphs !== undefined && code * 2 + 1 < glyphs.length ? glyphs.readUInt16BE(code * 2) : 0;

/** The fonts the pages use, against the codes they use of each. */
export function checkFonts(pdf: PdfFile, used: ReadonlyMap<FontFacts, ReadonlySet<number>>): Finding[] {
  return [...used].flatMap(([font, codes]) => [
    ...against('UA 7.21.3 composite fonts', compositeFaults(pdf, font)),
    ...against('UA 7.21.4 embedding', embeddingFaults(pdf, font)),
    ...against(
      'UA 7.21.5 widths',
      [...codes].flatMap((code) => widthFaults(font, code)),
    ),
    ...against(
      'UA 7.21.7 characters',
      [...codes].flatMap((code) => textFaults(font, code)),
    ),
    ...against(
      'UA 7.21.8 no .notdef',
      [...codes].flatMap((code) => (glyphOf(font, code) === 0 ? [`${font.name} shows .notdef by ${code}`] : [])),
    ),
  ]);
}

function compositeFaults(pdf: PdfFile, { name, dictionary, glyphs }: FontFacts): string[] {
  const [descendant] = pdf.list(dictionary, 'DescendantFonts');
  const out: string[] = [];
  if (pdf.name(dictionary, 'Subtype') !== 'Type0' || pdf.name(descendant, 'Subtype') !== 'CIDFontType2')
    out.push(`${name} is not composite with TrueType outlines`);
  if (pdf.name(dictionary, 'Encoding') !== 'Identity-H') out.push(`${name} has another CMap than Identity-H`);
  if (glyphs === undefined) out.push(`${name} has no CIDToGIDMap`);
  if (pdf.text(descendant, 'CIDSystemInfo', 'Registry') === undefined || pdf.text(descendant, 'CIDSystemInfo', 'Ordering') === undefined)
    out.push(`${name} has no CIDSystemInfo`);
  return out;
}

function embeddingFaults(pdf: PdfFile, { name, dictionary, program }: FontFacts): string[] {
  const [descendant] = pdf.list(dictionary, 'DescendantFonts');
  const names = [name, pdf.name(descendant, 'BaseFont'), pdf.name(descendant, 'FontDescriptor', 'FontName')];
  return [
    ...(program === undefined ? [`${name} is not embedded`] : []),
    ...(new Set(names).size > 1 || !/^[A-Z]{6}\+/.test(name) ? [`${name} is named in several ways, or not as a part of a font`] : []),
  ];
}

/** Of a thousandth of an em, as PDF/A allows. */
const TOLERANCE = 1;

function widthFaults({ name, widths, defaultWidth, program, ...font }: FontFacts, code: number): string[] {
  if (program === undefined) return [];
  const glyph = glyphOf({ name, widths, defaultWidth, program, ...font }, code);
  if (glyph >= program.count) return [`${name} has no glyph ${glyph}`];
  const drawn = ((program.advances[glyph] ?? Number.NaN) * 1000) / program.unitsPerEm;
  const said = widths.get(code) ?? defaultWidth;
  return Math.abs(drawn - said) <= TOLERANCE ? [] : [`${name}: the code ${code} is ${said} wide, its glyph ${drawn}`];
}

function textFaults({ name, texts }: FontFacts, code: number): string[] {
  const text = texts.get(code);
  if (text === undefined || text === '') return [`${name}: the code ${code} has no text`];
  return /[\0\ufeff\ufffe]/.test(text) ? [`${name}: the code ${code} stands for no character`] : [];
}
