import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { requireTool } from '../support/tools.ts';
import type { Measured } from './measure.ts';
import { cpuOf, family } from './processes.ts';
import { benchLines, benchSignatories } from './signatories.ts';

/**
 * A browser printing a page, from its start to its end: the same paper, fonts, sizes and columns. What each of its processes used is looked
 * at again and again, so the last moments of each are missing; their memory together is not known.
 */
const FONTS = new URL('../../lib/pdf/fonts/', import.meta.url);
const FACES = [
  ['NotoSerif', true],
  ['Vazirmatn', true],
  ['NotoSerifHebrew', true],
  ['NotoSerifDevanagari', true],
  ['NotoSerifBengali', true],
  ['NotoSansTamil', true],
  ['NotoSansThai', true],
  ['NotoSansArmenian', true],
  ['NotoSansGeorgian', true],
  ['NotoSansSC', false],
  ['NotoSansJP', false],
  ['NotoSansKR', false],
] as const;

const face = (name: string, weight: 'Regular' | 'Bold') =>
  `@font-face{font-family:${name};font-weight:${weight === 'Bold' ? 700 : 400};src:url(${new URL(`${name}-${weight}.ttf`, FONTS).href})}`;
const STYLE = `${FACES.map(([name, bold]) => face(name, 'Regular') + (bold ? face(name, 'Bold') : '')).join('\n')}
@page{size:A4;margin:80pt 78pt 76pt}
body{margin:0;columns:2;column-gap:18pt;font:9.5pt/1.2 ${FACES.map(([name]) => name).join(',')}}
p{margin:0 0 5.5pt;break-inside:avoid}small{font-size:8.5pt}`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const [count = '0', file = '', tagged] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
try {
  const rows = Array.from(benchSignatories(Number(count)), benchLines);
  const page = join(folder, 'signatories.html');
  const body = rows.map(([lead, details]) => `<p><b>${escaped(lead)}</b><br><small>${escaped(details)}</small></p>`).join('\n');
  writeFileSync(page, `<!doctype html><html lang="en"><meta charset="utf-8"><title>Signatories</title><style>${STYLE}</style>${body}`);
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-pdf-header-footer',
    '--allow-file-access-from-files',
    '--virtual-time-budget=60000',
  ];
  if (tagged === 'tagged') args.push('--export-tagged-pdf');
  else args.push('--disable-pdf-tagging');
  args.push(`--user-data-dir=${join(folder, 'profile')}`, `--print-to-pdf=${file}`, pathToFileURL(page).href);
  const browser = spawn(requireTool('chromium'), args, { stdio: 'ignore' });
  let ended: number | null | undefined;
  browser.once('close', (code) => {
    ended = code;
  });
  const used = new Map<number, number>();
  while (ended === undefined) {
    for (const pid of family(browser.pid ?? 0)) used.set(pid, Math.max(used.get(pid) ?? 0, cpuOf(pid)));
    await pause(20);
  }
  if (ended !== 0) throw new Error(`the browser ended with ${ended}`);
  const pdf = readFileSync(file);
  const pages = Number(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0);
  const cpuSeconds = [...used.values()].reduce((sum, ms) => sum + ms, 0) / 1000;
  const measured: Measured = { cpuSeconds, peakMemory: 0, pages, bytes: pdf.length };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
