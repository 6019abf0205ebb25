/**
 * How many of 1,000 names in fourteen scripts, in one file, two readers find again: pdftotext and pdf.js, which Firefox reads PDFs with.
 * A name is found where the reader's text has it letter by letter; marks of direction that a reader adds do not count.
 * Run: node tests/bench/found.ts [write]; with `write` the table goes into docs/bench-found.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entry, letterDocument, section } from '../support/letter-documents.ts';
import { renderToBytes, textOf } from '../support/pdf.ts';
import { benchSignatories } from './signatories.ts';

const SCRIPTS = 'Cyrillic Greek Arabic Hebrew Devanagari Bengali Tamil Thai Armenian Georgian Han Hiragana Hangul'.split(' ');
const scriptOf = (name: string): string => SCRIPTS.find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)) ?? 'Latin';

/** What pdf.js asks of its surroundings even where nothing is drawn. */
class Nothing {}
const missing = globalThis as unknown as Record<string, unknown>;
for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) missing[name] ??= Nothing;

async function readByPdfJs(bytes: Buffer): Promise<{ readonly text: string; readonly version: string }> {
  const { getDocument, version } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  let text = '';
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent();
    for (const item of items) text += `${item.str ?? ''}${item.hasEOL ? '\n' : ''}`;
    text += '\n';
  }
  return { text, version };
}

const comparable = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ');

const names = [...benchSignatories(1000)].map(({ name }) => name.normalize('NFC'));
const { bytes } = await renderToBytes(letterDocument({ sections: [section(names.map((name) => entry(name, 'Riverton')))] }));
const { text, version } = await readByPdfJs(bytes);
const texts = [textOf(bytes), text].map(comparable);
const rows = [...Map.groupBy(names, scriptOf)].map(([script, ofScript]) => {
  const found = texts.map((text) => ofScript.filter((name) => text.includes(comparable(name))).length);
  return `| ${script} | ${ofScript.length} | ${found.map((count) => `${count} (${Math.round((count * 100) / ofScript.length)} %)`).join(' | ')} |`;
});
const table = [`| script | names | pdftotext | pdf.js ${version} |`, '|---|--:|--:|--:|', ...rows].join('\n');
process.stdout.write(`${table}\n`);
if (process.argv.includes('write')) {
  const file = fileURLToPath(new URL('../../docs/bench-found.md', import.meta.url));
  const page = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    page.replace(/<!-- measured -->[\s\S]*<!-- end -->/, () => `<!-- measured -->\n${table}\n<!-- end -->`),
  );
}
