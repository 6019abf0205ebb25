/**
 * The public page of letters with 10, 1,000, 100,000 and 1,000,000 signatures, asked of a built server, on SQLite and, where the machine
 * has one, on PostgreSQL: CPU milliseconds of the server's processes and bytes of an answer, medians, each beside the letter with 10 in
 * the same run.
 * Run: node tests/bench/public.ts [write] [most]; with `write` it puts the tables into docs/bench-public.md; `most` leaves out longer lists.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRankAfter } from '../../db/queries/ranked.ts';
import { pastAll, sectionHead } from '../../lib/block/rank.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { setRelease } from '../../lib/letters/releasing.ts';
import { isRanked } from '../../lib/signatures/ranking.ts';
import { type Launched, launch, ROOT } from '../support/app.ts';
import { foundTestCoalition } from '../support/coalition.ts';
import { freePort } from '../support/free-port.ts';
import { letterRow, type OpenLetter, openLetterIn } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { startPostgres } from '../support/postgres.ts';
import { hasTool } from '../support/tools.ts';
import { writeSignatures } from './public-data.ts';

const TURNS = 7;
const CALLS = 20;
/** Of /proc: jiffies a second. */
const TICKS = 100;
const words = process.argv.slice(2);
const most = Number(words.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const SIZES = [10, 1_000, 100_000, 1_000_000].filter((size) => size <= most);

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
const median = (values: readonly number[]) => values.toSorted((one, two) => one - two)[values.length >> 1] ?? Number.NaN;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A process and all under it. */
function family(pid: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
          return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
        } catch {
          return [];
        }
      }),
  );
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found;
}

/** CPU milliseconds a server's processes have used so far. */
function used(pids: readonly number[]): number {
  const ticks = pids.reduce((sum, pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + Number(fields[11]) + Number(fields[12]);
  }, 0);
  return (ticks * 1000) / TICKS;
}

interface Served {
  readonly size: number;
  readonly addresses: ReadonlyMap<string, string>;
  readonly rankedIn: number;
}

async function serveLetter(instance: Instance, scope: Parameters<typeof openLetterIn>[1], size: number): Promise<Served> {
  const now = new Date();
  const block = { organisations: { order: 'alphabetical' as const }, personal: { order: 'family-name' as const, columns: 2 as const } };
  const input = letterInput({ headline: `Wells stay open ${size}`, block, deadlineAt: new Date(now.getTime() + 30 * 86_400_000) });
  const letter = await openLetterIn(instance, scope, input, now);
  await writeSignatures(instance, letter.letterId, size, (done) => {
    if (done % 100_000 === 0) say(`  ${done} of ${size}`);
  });
  await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, now);
  const began = performance.now();
  // The server does it, as after every release.
  while (!isRanked(await letterRow(letter))) await pause(200);
  const rankedIn = (performance.now() - began) / 1000;
  say(`  ${size}: ranked in ${rankedIn.toFixed(1)} s`);
  return { size, rankedIn, addresses: await addressesOf(instance, letter, size) };
}

async function addressesOf(instance: Instance, letter: OpenLetter, size: number): Promise<ReadonlyMap<string, string>> {
  const { slug, rankGeneration } = await letterRow(letter);
  const head = sectionHead(rankGeneration, 'personal');
  const section = { letterId: letter.letterId, capacities: ['personal'] as const };
  const entries = Math.max(1, Math.floor(size * 0.2));
  const middle = await findRankAfter(instance.store.read, section, { after: head, before: pastAll(head), entries });
  return new Map([
    ['first page', `/l/${slug}`],
    ['a page in the middle', `/l/${slug}?after=${middle}-${size >> 1}-${size >> 1}`],
    ['a name that many have', `/l/${slug}?find=jonas`],
    ['a name that nobody has', `/l/${slug}?find=glacierstone`],
  ]);
}

interface Measured {
  readonly cpu: number;
  readonly bytes: number;
}

async function measure(origin: string, pids: readonly number[], letters: readonly Served[]) {
  const found = new Map<string, number[]>();
  const bytes = new Map<string, number>();
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const { size, addresses } of letters) {
      for (const [name, path] of addresses) {
        const before = used(pids);
        for (let call = 0; call < CALLS; call++) {
          const answer = await fetch(origin + path);
          bytes.set(`${name} ${size}`, (await answer.arrayBuffer()).byteLength);
          if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        }
        // The first turn warms up.
        if (turn > 0) found.set(`${name} ${size}`, [...(found.get(`${name} ${size}`) ?? []), (used(pids) - before) / CALLS]);
      }
    }
  }
  return (name: string, size: number): Measured => ({
    cpu: median(found.get(`${name} ${size}`) ?? []),
    bytes: bytes.get(`${name} ${size}`) ?? 0,
  });
}

async function ready(app: Launched): Promise<string> {
  for (;;) {
    const origin = /ready: (http\S+)/.exec(app.output())?.[1];
    if (origin) return origin;
    await pause(50);
  }
}

async function benchEngine(engine: string, databaseUrl: string): Promise<string> {
  say(engine);
  const dataDir = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));
  const settings = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: String(await freePort()) };
  const app = launch(settings);
  try {
    const origin = await ready(app);
    const config = readConfig({ ...settings, APP_ORIGIN: origin }, ROOT);
    if (!config.ok) throw new Error('bad configuration');
    const instance = await openInstance(config.value);
    const { scope } = await foundTestCoalition(instance, new Date());
    const letters: Served[] = [];
    for (const size of SIZES) letters.push(await serveLetter(instance, scope, size));
    const of = await measure(origin, family(app.process.pid ?? 0), letters);
    await instance.store.close();
    const names = [...(letters[0]?.addresses.keys() ?? [])];
    const cell = (name: string, size: number) => {
      const { cpu, bytes } = of(name, size);
      return `${cpu.toFixed(1)} ms (${(cpu / of(name, SIZES[0] ?? 10).cpu).toFixed(1)}) · ${(bytes / 1000).toFixed(0)} kB`;
    };
    return [
      `**${engine}**`,
      '',
      `| | ${SIZES.map((size) => size.toLocaleString('en')).join(' | ')} |`,
      `|---|${SIZES.map(() => '--:|').join('')}`,
      ...names.map((name) => `| ${name} | ${SIZES.map((size) => cell(name, size)).join(' | ')} |`),
      `| whole list ranked, s | ${letters.map(({ rankedIn }) => rankedIn.toFixed(1)).join(' | ')} |`,
    ].join('\n');
  } finally {
    app.process.kill('SIGTERM');
    await app.ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const tables = [await benchEngine('SQLite', '')];
if (hasTool('initdb')) {
  const server = await startPostgres();
  try {
    tables.push(await benchEngine('PostgreSQL', server.newDatabase()));
  } finally {
    server.stop();
  }
}
const measured = tables.join('\n\n');
process.stdout.write(`${measured}\n`);
if (words.includes('write')) {
  const file = fileURLToPath(new URL('../../docs/bench-public.md', import.meta.url));
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.split(' ').slice(0, 2).join(' ')}.`;
  const page = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    page.replace(/<!-- measured -->[\s\S]*<!-- end -->/, () => `<!-- measured -->\n${machine}\n\n${measured}\n<!-- end -->`),
  );
}
