import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { homeFamily } from '../../lib/pdf/text/families.ts';
import { scriptOf } from '../../lib/pdf/text/scripts.ts';
import { type EngineArguments, measure } from './measure.ts';
import { benchLines, benchSignatories } from './signatories.ts';

/** pdfkit as its manual has it, with a font for each script's run: the same page, fonts, sizes and columns. It has no tags here. */
const PAGE = { width: 595.28, height: 841.89, side: 78, top: 80, bottom: 76 };
const GUTTER = 18;
const WIDTH = (PAGE.width - 2 * PAGE.side - GUTTER) / 2;
const fontFile = (name: string): string => fileURLToPath(new URL(`../../lib/pdf/fonts/${name}.ttf`, import.meta.url));

interface Run {
  readonly font: string;
  readonly text: string;
}

function runsOf(text: string, bold: boolean): Run[] {
  const runs: { font: string; text: string }[] = [];
  for (const character of text) {
    const family = homeFamily(scriptOf(character.codePointAt(0) ?? 0), 'SC');
    const last = runs.at(-1);
    const font =
      family === null
        ? (last?.font ?? `NotoSerif-${bold ? 'Bold' : 'Regular'}`)
        : `${family.base}-${bold && family.weights !== 'regular' ? 'Bold' : 'Regular'}`;
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}

async function runPdfkit({ count, file }: EngineArguments): Promise<{ pages: number; bytes: number }> {
  const document = new PDFDocument({ size: 'A4', margin: 0, font: fontFile('NotoSerif-Regular') });
  const output = createWriteStream(file);
  document.pipe(output);
  const registered = new Set<string>();
  const use = (font: string, size: number) => {
    if (!registered.has(font)) document.registerFont(font, fontFile(font));
    registered.add(font);
    return document.font(font, size);
  };
  const widthOf = (text: string, bold: boolean, size: number) =>
    runsOf(text, bold).reduce((sum, run) => sum + use(run.font, size).widthOfString(run.text), 0);
  const wrap = (text: string, bold: boolean, size: number): string[] => {
    if (widthOf(text, bold, size) <= WIDTH) return [text];
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer, bold, size) > WIDTH) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  };
  const show = (line: string, bold: boolean, size: number, left: number, top: number) => {
    let x = left;
    for (const run of runsOf(line, bold)) {
      use(run.font, size).text(run.text, x, top, { lineBreak: false });
      x += document.widthOfString(run.text);
    }
  };
  let pages = 1;
  let column = 0;
  let y = PAGE.top;
  show('Signatories', true, 12.5, PAGE.side, y);
  y += 24;
  let first = y;
  for (const signatory of benchSignatories(count)) {
    const [lead, detail] = benchLines(signatory);
    const leads = wrap(lead, true, 9.5);
    const details = wrap(detail, false, 8.5);
    const height = leads.length * 12.6 + details.length * 11.2;
    if (y + height > PAGE.height - PAGE.bottom) {
      column++;
      if (column === 2) {
        document.addPage();
        pages++;
        column = 0;
        first = PAGE.top;
      }
      y = first;
    }
    const left = PAGE.side + column * (WIDTH + GUTTER);
    for (const line of leads) {
      show(line, true, 9.5, left, y);
      y += 12.6;
    }
    for (const line of details) {
      show(line, false, 8.5, left, y);
      y += 11.2;
    }
    y += 5.5;
  }
  document.end();
  await new Promise<void>((resolve, reject) => output.on('finish', () => resolve()).on('error', reject));
  return { pages, bytes: output.bytesWritten };
}

await measure(runPdfkit);
