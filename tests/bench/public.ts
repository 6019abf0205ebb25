/**
 * The public page of letters with 10, 1,000, 100,000 and 1,000,000 signatures, asked of a built server, and what signing and confirming
 * under them costs, on SQLite and, where the machine has one, on PostgreSQL: CPU milliseconds of the server's processes, medians. Pages
 * stand beside the letter with 10 in the same run, signing beside a bare route of the same build.
 * Run: node tests/bench/public.ts [write] [SQLite | PostgreSQL] [most]; with `write` it puts the tables into docs/bench-public.md, where
 * it measured both engines; `most` leaves out longer lists.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findRankAfter } from '../../db/queries/ranked.ts';
import { pastAll, sectionHead } from '../../lib/block/rank.ts';
import { letterRow, type OpenLetter } from '../support/invited.ts';
import { startPostgres } from '../support/postgres.ts';
import { copyProject } from '../support/project-copy.ts';
import { hasTool } from '../support/tools.ts';
import { BARE_ROUTE, measurePosts } from './posts.ts';
import { median, type Served, withServer } from './served.ts';

const TURNS = 7;
const CALLS = 20;
const words = process.argv.slice(2);
const chosen = words.find((word) => word === 'SQLite' || word === 'PostgreSQL');
const most = Number(words.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const SIZES = [10, 1_000, 100_000, 1_000_000].filter((size) => size <= most);

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

async function addressesOf(letter: OpenLetter, size: number): Promise<ReadonlyMap<string, string>> {
  const { slug, rankGeneration } = await letterRow(letter);
  const head = sectionHead(rankGeneration, 'personal');
  const section = { letterId: letter.letterId, capacities: ['personal'] as const };
  const entries = Math.max(1, Math.floor(size * 0.2));
  const middle = await findRankAfter(letter.instance.store.read, section, { after: head, before: pastAll(head), entries });
  return new Map([
    ['first page', `/l/${slug}`],
    ['a page in the middle', `/l/${slug}?after=${middle}-${size >> 1}-${size >> 1}`],
    ['a name that many have', `/l/${slug}?find=jonas`],
    ['a name that nobody has', `/l/${slug}?find=glacierstone`],
  ]);
}

async function pagesTable({ origin, used, letters }: Served): Promise<string> {
  const found = new Map<string, number[]>();
  const bytes = new Map<string, number>();
  const asked = new Map(await Promise.all(letters.map(async ({ letter, size }) => [size, await addressesOf(letter, size)] as const)));
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const [size, addresses] of asked) {
      for (const [name, path] of addresses) {
        const before = used();
        for (let call = 0; call < CALLS; call++) {
          const answer = await fetch(origin + path);
          bytes.set(`${name} ${size}`, (await answer.arrayBuffer()).byteLength);
          if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        }
        // The first turn warms up.
        if (turn > 0) found.set(`${name} ${size}`, [...(found.get(`${name} ${size}`) ?? []), (used() - before) / CALLS]);
      }
    }
  }
  const cpu = (name: string, size: number) => median(found.get(`${name} ${size}`) ?? []);
  const cell = (name: string, size: number) =>
    `${cpu(name, size).toFixed(1)} ms (${(cpu(name, size) / cpu(name, SIZES[0] ?? 10)).toFixed(1)}) · ${((bytes.get(`${name} ${size}`) ?? 0) / 1000).toFixed(0)} kB`;
  const names = [...(asked.values().next().value?.keys() ?? [])];
  return [
    heading(),
    ...names.map((name) => `| ${name} | ${SIZES.map((size) => cell(name, size)).join(' | ')} |`),
    `| whole list ranked, s | ${letters.map(({ rankedIn }) => rankedIn.toFixed(1)).join(' | ')} |`,
  ].join('\n');
}

const heading = () => `| | ${SIZES.map((size) => size.toLocaleString('en')).join(' | ')} |\n|---|${SIZES.map(() => '--:|').join('')}`;

async function postsTable(served: Served): Promise<string> {
  const { bare, rows } = await measurePosts(served);
  return [
    heading(),
    `| a bare route with one insert | ${SIZES.map(() => `${bare.toFixed(1)} ms`).join(' | ')} |`,
    ...rows.map(({ name, cpu }) => `| ${name} | ${cpu.map((ms) => `${ms.toFixed(1)} ms (${(ms / bare).toFixed(1)})`).join(' | ')} |`),
  ].join('\n');
}

const root = copyProject(`with-bare-route${chosen ? `-${chosen}` : ''}`, { added: BARE_ROUTE });

async function benchEngine(engine: string, databaseUrl: string): Promise<string> {
  say(engine);
  return await withServer({ root, databaseUrl, sizes: SIZES }, async (served) =>
    [`**${engine}**`, await pagesTable(served), await postsTable(served)].join('\n\n'),
  );
}

const tables: string[] = [];
if (chosen !== 'PostgreSQL') tables.push(await benchEngine('SQLite', ''));
if (chosen !== 'SQLite' && hasTool('initdb')) {
  const server = await startPostgres();
  try {
    tables.push(await benchEngine('PostgreSQL', server.newDatabase()));
  } finally {
    server.stop();
  }
}
rmSync(root, { recursive: true, force: true });
const measured = tables.join('\n\n');
process.stdout.write(`${measured}\n`);
if (words.includes('write') && chosen === undefined) {
  const file = fileURLToPath(new URL('../../docs/bench-public.md', import.meta.url));
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.split(' ').slice(0, 2).join(' ')}.`;
  const page = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    page.replace(/<!-- measured -->[\s\S]*<!-- end -->/, () => `<!-- measured -->\n${machine}\n\n${measured}\n<!-- end -->`),
  );
}
