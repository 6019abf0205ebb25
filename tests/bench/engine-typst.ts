import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { type EngineArguments, measure } from './measure.ts';
import { benchLines, benchSignatories } from './signatories.ts';

/** Typst through its compiler for Node: the same page, fonts, sizes and columns. */
const FONTS = fileURLToPath(new URL('../../lib/pdf/fonts/', import.meta.url));
const FAMILIES = [
  'Noto Serif',
  'Vazirmatn',
  'Noto Serif Hebrew',
  'Noto Serif Devanagari',
  'Noto Serif Bengali',
  'Noto Sans Tamil',
  'Noto Sans Thai',
  'Noto Sans Armenian',
  'Noto Sans Georgian',
  'Noto Sans SC',
  'Noto Sans JP',
  'Noto Sans KR',
];
const TEMPLATE = `#set document(title: "Signatories")
#set page(paper: "a4", margin: (x: 78pt, top: 80pt, bottom: 76pt), numbering: "1")
#set text(font: (${FAMILIES.map((family) => `"${family}"`).join(', ')}), size: 9.5pt, fallback: true)
#set par(leading: 6.6pt)
= Signatories
#columns(2, gutter: 18pt)[
  #for entry in json("signatories.json") {
    block(breakable: false, spacing: 5.5pt, { text(weight: "bold", entry.at(0)); linebreak(); text(size: 8.5pt, entry.at(1)) })
  }
]
`;

let compiler: NodeCompiler | undefined;
let workspace: string | undefined;

async function runTypst({ count, file, tagged }: EngineArguments): Promise<{ pages: number; bytes: number }> {
  workspace ??= mkdtempSync(join(tmpdir(), 'typst-'));
  writeFileSync(join(workspace, 'signatories.json'), JSON.stringify(Array.from(benchSignatories(count), benchLines)));
  writeFileSync(join(workspace, 'main.typ'), TEMPLATE);
  compiler ??= NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [FONTS] }] });
  // A warm run would else be answered from the memory of the one before.
  compiler.evictCache(0);
  const pdf = compiler.pdf({ mainFilePath: join(workspace, 'main.typ') }, { pdfTags: tagged });
  writeFileSync(file, pdf);
  return { pages: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0, bytes: pdf.length };
}

await measure(runTypst);
if (workspace !== undefined) rmSync(workspace, { recursive: true, force: true });
