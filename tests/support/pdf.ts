import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LetterDocument } from '../../lib/document/model.ts';
import { type PdfOptions, type PdfSummary, renderPdf } from '../../lib/pdf/render.ts';
import { requireTool, type ToolName } from './tools.ts';

/** A document rendered into memory, and what other programs read in it. */
export const PDF_OPTIONS: PdfOptions = { page: 'a4', tagged: true, pdfa: null, blockOnly: false };

export async function renderToBytes(
  document: LetterDocument,
  options: Partial<PdfOptions> = {},
): Promise<PdfSummary & { readonly bytes: Buffer }> {
  const parts: Buffer[] = [];
  const summary = await renderPdf(document, { ...PDF_OPTIONS, ...options }, { write: (bytes) => void parts.push(Buffer.from(bytes)) });
  return { ...summary, bytes: Buffer.concat(parts) };
}

/** What the tool prints about the file: its name stands for `FILE` among the arguments. */
export function readWith(tool: ToolName, bytes: Buffer, args: readonly string[], encoding: 'utf8' | 'latin1' = 'utf8'): string {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
  try {
    const file = join(folder, 'file.pdf');
    writeFileSync(file, bytes);
    return execFileSync(
      requireTool(tool),
      args.map((arg) => (arg === 'FILE' ? file : arg)),
      { encoding, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text as the reader puts it in order, or in the order of the content. Marks of direction that the reader adds itself are taken out. */
export const textOf = (bytes: Buffer, order: 'reading' | 'content' = 'reading'): string =>
  readWith('pdftotext', bytes, [...(order === 'content' ? ['-raw'] : []), 'FILE', '-']).replace(
    /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    '',
  );

export interface PlacedWord {
  readonly page: number;
  readonly word: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Every word with its box: points from the upper left corner. */
export function wordsOf(bytes: Buffer): PlacedWord[] {
  const words: PlacedWord[] = [];
  let page = 0;
  for (const row of readWith('pdftotext', bytes, ['-bbox', 'FILE', '-']).split('\n')) {
    if (row.includes('<page ')) page++;
    const found = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(row);
    if (found === null) continue;
    const [, left = '', top = '', right = '', bottom = '', word = ''] = found;
    words.push({ page, word, left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) });
  }
  return words;
}
