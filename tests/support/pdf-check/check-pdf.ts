import type { PDFDict } from 'pdf-lib';
import { checkContent } from './check-content.ts';
import { checkFile } from './check-file.ts';
import { checkStructure } from './check-structure.ts';
import type { Finding } from './clauses.ts';
import { PdfFile } from './file.ts';
import { checkFonts, type FontFacts, readFont } from './fonts.ts';
import { type Painted, readPage } from './page-content.ts';
import { readStructure } from './structure.ts';

/**
 * What a machine can find against PDF/UA-1 and PDF/A-2b in a finished file: the clauses of `CLAUSES`, and nothing of those that need an
 * eye. Reads with a parser that the product does not use.
 */
export async function checkPdf(bytes: Buffer): Promise<Finding[]> {
  const pdf = await PdfFile.open(bytes);
  const structure = readStructure(pdf);
  const pages = pdf.pages.map((page, index) => readPage(pdf, page, index));
  const fonts = new Map<PDFDict, FontFacts>();
  const used = new Map<FontFacts, Set<number>>();
  for (const { font, codes } of pages.flatMap(({ painted }) => painted)) {
    if (font === undefined) continue;
    const facts = fonts.get(font) ?? readFont(pdf, font);
    fonts.set(font, facts);
    const known = used.get(facts) ?? new Set();
    used.set(facts, known);
    for (const code of codes) known.add(code);
  }
  const textOf = ({ font, codes }: Painted): string => {
    const facts = font && fonts.get(font);
    return codes.map((code) => facts?.texts.get(code) ?? '').join('');
  };
  const painted = pages.flatMap((page) => page.painted);
  return [
    ...checkFile(pdf, pages),
    ...checkStructure(pdf, structure, painted),
    ...checkContent({ pdf, structure, pages, textOf }),
    ...checkFonts(pdf, used),
  ];
}
