import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hasTool } from '../support/tools.ts';
import type { Measured } from './measure.ts';
import { benchSignatories } from './signatories.ts';

/**
 * The render rows of the bench: the project's renderer beside Typst, pdfkit and, where there is one, a browser that prints, one after the
 * other, again and again; medians. Prints the
 * table and writes it to docs/bench-render.md. `--runs N`, `--rows 20,1k,10k,100k,1M`.
 */
type Engine = 'undersigned' | 'typst' | 'pdfkit' | 'chromium';
interface Row {
  readonly name: string;
  readonly key: string;
  readonly count: number;
  readonly tagged: boolean;
  readonly warm: boolean;
  /** The project's own figure is of the whole command line, files read and all, with the signatories in this order. */
  readonly command?: 'signing' | 'family-name';
  readonly engines: readonly Engine[];
}

const ALL: readonly Engine[] = ['undersigned', 'typst', 'pdfkit'];
const ROWS: readonly Row[] = [
  { name: '20, warm, untagged', key: '20', count: 20, tagged: false, warm: true, engines: ALL },
  {
    name: '1,000, cold, untagged, whole command',
    key: '1k',
    count: 1_000,
    tagged: false,
    warm: false,
    command: 'signing',
    engines: [...ALL, 'chromium'],
  },
  { name: '10,000, warm, untagged', key: '10k', count: 10_000, tagged: false, warm: true, engines: ALL },
  { name: '10,000, cold, tagged', key: '10k', count: 10_000, tagged: true, warm: false, engines: ['undersigned', 'typst', 'chromium'] },
  { name: '100,000, cold, untagged', key: '100k', count: 100_000, tagged: false, warm: false, engines: ALL },
  { name: '100,000, cold, tagged', key: '100k', count: 100_000, tagged: true, warm: false, engines: ['undersigned', 'typst'] },
  { name: '1,000,000, cold, untagged', key: '1M', count: 1_000_000, tagged: false, warm: false, engines: ['undersigned'] },
  { name: '1,000,000, cold, tagged', key: '1M', count: 1_000_000, tagged: true, warm: false, engines: ['undersigned'] },
  {
    name: '1,000,000, cold, untagged, by family name, whole command',
    key: '1M',
    count: 1_000_000,
    tagged: false,
    warm: false,
    command: 'family-name',
    engines: ['undersigned'],
  },
];

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' }, rows: { type: 'string', default: '20,1k,10k,100k' } } });
const runs = Number(values.runs);
const wanted = values.rows.split(',');
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

// A module of JavaScript, not of TypeScript: what strips types would count as the command's own.
const REPORT_USAGE = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write(JSON.stringify({cpuSeconds:(user+system)/1e6,peakMemory:process.resourceUsage().maxRSS/1024}))})`;
const COMMAND = fileURLToPath(new URL('../../bin/undersigned.js', import.meta.url));

/** `undersigned render` of a letter file and a file of signatories, made before the first run of a row. */
function runCommand({ count, tagged }: Row, order: 'signing' | 'family-name'): Measured {
  const [letterFile, signatoriesFile, out] = ['letter.json', `${count}.ndjson`, 'command.pdf'].map((name) => join(folder, name));
  if (letterFile === undefined || signatoriesFile === undefined || out === undefined) throw new Error('no names');
  const texts = [{ language: 'en', headline: 'Wells stay open', body: 'Water is *ours*.' }];
  const block = { organisations: { order }, personal: { order } };
  writeFileSync(letterFile, JSON.stringify({ format: 'undersigned-letter/1', letter: { authenticLanguage: 'en', texts }, block }));
  if (!existsSync(signatoriesFile)) {
    const file = openSync(signatoriesFile, 'w');
    for (const signatory of benchSignatories(count)) writeSync(file, `${JSON.stringify(signatory)}\n`);
    closeSync(file);
  }
  const args = ['--import', REPORT_USAGE, COMMAND, 'render', letterFile, '--signatories', signatoriesFile, '--out', out, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, tagged ? args : [...args, '--untagged'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const usage: Pick<Measured, 'cpuSeconds' | 'peakMemory'> = JSON.parse(stderr);
  const { pages }: { pages: number } = JSON.parse(stdout);
  return { ...usage, pages, bytes: statSync(out).size };
}

function run(engine: Engine, row: Row): Measured {
  if (engine === 'undersigned' && row.command !== undefined) return runCommand(row, row.command);
  const script = fileURLToPath(new URL(`./engine-${engine}.ts`, import.meta.url));
  const args = [script, String(row.count), join(folder, `${engine}.pdf`), row.tagged ? 'tagged' : 'untagged', row.warm ? 'warm' : 'cold'];
  const answer: Measured = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
  return answer;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, two) => one - two);
  return sorted[sorted.length >> 1] ?? 0;
}

const table: string[] = [];
try {
  for (const row of ROWS.filter(({ key }) => wanted.includes(key))) {
    const engines = row.engines.filter((engine) => engine !== 'chromium' || hasTool('chromium'));
    const found = new Map<Engine, Measured[]>(engines.map((engine) => [engine, []]));
    const times = row.count >= 1_000_000 ? 1 : runs;
    // The first run of each fills the caches of modules and files and is not counted.
    if (!row.warm && row.count <= 1_000) for (const engine of engines) run(engine, row);
    for (let index = 0; index < times; index++) for (const engine of engines) found.get(engine)?.push(run(engine, row));
    const own = median((found.get('undersigned') ?? []).map(({ cpuSeconds }) => cpuSeconds));
    for (const [engine, measured] of found) {
      const cpu = median(measured.map(({ cpuSeconds }) => cpuSeconds));
      const [first] = measured;
      const cells = [
        row.name,
        engine,
        cpu.toFixed(own < 0.2 ? 3 : 2),
        engine === 'undersigned' ? '1' : (cpu / own).toFixed(1),
        engine === 'chromium' ? '–' : median(measured.map(({ peakMemory }) => peakMemory)).toFixed(0),
        ((first?.bytes ?? 0) / 1e6).toFixed(2),
        String(first?.pages ?? 0),
        String(measured.length),
      ];
      table.push(`| ${cells.join(' | ')} |`);
      process.stdout.write(`${table.at(-1)}\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const document = `# Rendering: measured

\`npm run bench\` writes this page: invented signatories in fourteen scripts on A4 in two columns, each engine in a process of its own, one
after the other; medians. CPU is user and system time of all threads; cold counts the whole process, warm the median of five runs after
two CPU seconds of such runs. The ratio is to the project's own renderer in the same row: other machines give other seconds, and about the same ratios.
Yardsticks: Typst by @myriaddreamin/typst-ts-node-compiler 0.7.0, pdfkit 0.20.2 (no tags, no order for right-to-left text), and Chromium printing a
page, all its processes, whose memory together is not known.

Node ${process.versions.node}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.

| signatories | engine | CPU s | ratio | peak MB | file MB | pages | runs |
|---|---|--:|--:|--:|--:|--:|--:|
${table.join('\n')}
`;
writeFileSync(new URL('../../docs/bench-render.md', import.meta.url), document);
