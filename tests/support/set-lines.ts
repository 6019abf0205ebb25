import { createHash } from 'node:crypto';
import { type Operand, operationsOf } from './pdf-check/content.ts';
import { PdfFile } from './pdf-check/file.ts';
import { type FontFacts, glyphOf, readFont } from './pdf-check/fonts.ts';

interface SetGlyph {
  readonly glyph: number;
  /** Points from the left edge of the page, and from its lower edge. */
  readonly x: number;
  readonly y: number;
}

/** What stands between two moves of the pen: a line, or one column of it. */
export interface SetLine {
  /** From 1. */
  readonly page: number;
  /** Points: where it begins and ends, and its baseline from the lower edge. */
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** Of the largest letters in it. */
  readonly size: number;
  readonly fonts: readonly string[];
  /** As a reader takes it out: the text that stands for a stretch where one is given, else each glyph's own. */
  readonly text: string;
  readonly glyphs: readonly SetGlyph[];
}

/** Reads where every glyph of the pages stands, of their own content: forms, as the foot of a page has, are left out. */
export async function setLines(bytes: Buffer): Promise<SetLine[]> {
  const pdf = await PdfFile.open(bytes);
  const known = new Map<string, FontFacts>();
  return pdf.pages.flatMap((page, index) => {
    const resources = pdf.inherited(page, 'Resources');
    const fontNamed = (name: string): FontFacts => {
      const dictionary = pdf.dictionary(resources, 'Font', name);
      if (dictionary === undefined) throw new Error(`page ${index + 1} has no font ${name}`);
      const base = pdf.name(dictionary, 'BaseFont') ?? '';
      const font = known.get(base) ?? readFont(pdf, dictionary);
      known.set(base, font);
      return font;
    };
    return linesOf(pdf.contentOf(page), index + 1, fontNamed);
  });
}

function linesOf(content: Buffer, page: number, fontNamed: (name: string) => FontFacts): SetLine[] {
  const lines: SetLine[] = [];
  let origin = { x: 0, y: 0 };
  let pen = 0;
  let rise = 0;
  let size = 0;
  let font: FontFacts | undefined;
  /** Text given for each of the open marks, null where it has been taken or none is given. */
  const given: (string | null)[] = [];
  let depthOfGiven = 0;
  let line = newLine();
  const end = () => {
    const [first] = line.glyphs;
    const { text, fonts, glyphs } = line;
    if (first !== undefined)
      lines.push({ page, left: first.x, right: line.right, baseline: origin.y, size: line.size, fonts: [...fonts], text, glyphs });
    line = newLine();
  };
  const show = (codes: Buffer) => {
    if (font === undefined) throw new Error('text without a font');
    line.fonts.add(`${font.name.replace(/^[A-Z]{6}\+/, '')} ${size}`);
    line.size = Math.max(line.size, size);
    for (let at = 0; at + 1 < codes.length; at += 2) {
      const code = codes.readUInt16BE(at);
      line.glyphs.push({ glyph: glyphOf(font, code), x: pen, y: origin.y + rise });
      if (depthOfGiven === 0) line.text += font.texts.get(code) ?? '';
      pen += ((font.widths.get(code) ?? font.defaultWidth) * size) / 1000;
      // A blank at its end may hang over.
      if (font.texts.get(code) !== ' ') line.right = Math.max(line.right, pen);
    }
  };
  for (const { operator, operands } of operationsOf(content)) {
    const [first, second] = operands;
    if (operator === 'BT') origin = { x: 0, y: 0 };
    else if (operator === 'Td') {
      end();
      origin = { x: origin.x + Number(first), y: origin.y + Number(second) };
      pen = origin.x;
    } else if (operator === 'Tm') throw new Error('a matrix of text is not written by the product');
    else if (operator === 'Tf') {
      font = fontNamed(String(first).slice(1));
      size = Number(second);
    } else if (operator === 'Ts') rise = Number(first);
    else if (operator === 'Tj' || operator === 'TJ')
      for (const part of Array.isArray(first) ? (first as Operand[]) : [first]) {
        if (Buffer.isBuffer(part)) show(part);
        else pen -= (Number(part) * size) / 1000;
      }
    else if (operator === 'BDC' || operator === 'BMC') {
      const text = second instanceof Map ? (second.get('/ActualText') as Operand | undefined) : undefined;
      given.push(Buffer.isBuffer(text) ? textIn(text) : null);
      if (depthOfGiven === 0) line.text += given.at(-1) ?? '';
      if (given.at(-1) !== null) depthOfGiven++;
    } else if (operator === 'EMC' && given.pop() !== null) depthOfGiven--;
    else if (operator === 'ET') end();
  }
  end();
  return lines;
}

const newLine = () => ({ text: '', size: 0, right: 0, fonts: new Set<string>(), glyphs: [] as SetGlyph[] });

/** Of a text string, UTF-16 with its mark, or one byte a letter. */
const textIn = (bytes: Buffer): string =>
  bytes[0] === 0xfe && bytes[1] === 0xff ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') : bytes.toString('latin1');

/** One row a line, for a file that a change is compared with: its place, fonts and text, and a digest of its glyphs and their places. */
export function writtenLine({ page, left, right, baseline, fonts, text, glyphs }: SetLine): string {
  const digest = createHash('sha256');
  for (const { glyph, x, y } of glyphs) digest.update(`${glyph} ${x.toFixed(2)} ${y.toFixed(2)}\n`);
  const place = [left, right, baseline].map((points) => points.toFixed(1)).join(' ');
  return `${page} ${place} [${fonts.join(', ')}] ${digest.digest('hex').slice(0, 8)} ${JSON.stringify(text)}`;
}
