/**
 * The desk of a coalition with 1,000 letters and 200 members: what each page asks of the product, from the session's cookie on, beside
 * the same in a coalition with one letter and one member, and in one whose lists fill one page, in the same run. CPU milliseconds of the
 * process, medians.
 * Run: node tests/bench/desk.ts [write]; with `write` it puts the table into docs/bench-desk.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findSignedIn } from '../../lib/auth/session.ts';
import { enterCoalition } from '../../lib/coalitions/access.ts';
import { readMemberCursor, viewMembers, viewPending } from '../../lib/coalitions/members-view.ts';
import { viewCoalition, viewSettings } from '../../lib/coalitions/views.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { enterLetter } from '../../lib/letters/access.ts';
import { countUnsettled } from '../../lib/letters/comments.ts';
import { viewHistory } from '../../lib/letters/history.ts';
import { viewReplacements } from '../../lib/letters/replacements.ts';
import { guessZone, viewLetter, viewLetters } from '../../lib/letters/views.ts';
import { prepareInstance } from '../../lib/prepare-instance.ts';
import { viewListed } from '../../lib/signatures/listed.ts';
import { type Desk, SOUGHT, writeDesk } from './desk-data.ts';

const TURNS = 7;
const CALLS = 30;
const SIZES = {
  one: { letters: 1, archived: 0, members: 1, saves: 1 },
  page: { letters: 100, archived: 50, members: 50, saves: 50 },
  many: { letters: 1000, archived: 50, members: 200, saves: 500 },
} as const;

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));
const now = new Date();

async function newInstance(): Promise<Instance> {
  const config = readConfig({ DATA_DIR: join(folder, 'data') }, folder);
  if (!config.ok) throw new Error('bad configuration');
  const prepared = await prepareInstance(config.value, now);
  if (!prepared.ok) throw new Error(prepared.reason);
  return await openInstance(config.value);
}

type Pages = ReadonlyMap<string, () => Promise<unknown>>;

/** Where the last page of a list begins: walked as a reader would; null where the first is the last. */
async function lastStart<Start>(next: (start: Start | null) => Promise<Start | null>): Promise<Start | null> {
  let start: Start | null = null;
  for (let following = await next(start); following !== null; following = await next(start)) start = following;
  return start;
}

async function pagesOf(instance: Instance, { cookie, coalitionId, letterId }: Desk): Promise<Pages> {
  const enter = async () => {
    const who = await findSignedIn(instance, cookie, now);
    if (!who) throw new Error('nobody is signed in');
    return who;
  };
  const atCoalition = async () => {
    const scope = await enterCoalition(instance.store.read, await enter(), coalitionId, 'read');
    if (!scope.ok) throw new Error(scope.reason);
    await viewCoalition(instance, scope.value);
    return scope.value;
  };
  const atLetter = async () => {
    const scope = await enterLetter(instance.store.read, await enter(), letterId, 'read');
    if (!scope.ok) throw new Error(scope.reason);
    const view = await viewLetter(instance, scope.value, now);
    if (!view) throw new Error('no letter');
    return { scope: scope.value, letter: view.letter };
  };
  const letters = async (cursor: string | null, words = '', archived = false) =>
    await viewLetters(instance, await atCoalition(), cursor, now, { archived, words });
  const members = async (cursor: string | null) => {
    const scope = await atCoalition();
    const page = await viewMembers(instance, scope, readMemberCursor(cursor));
    await viewPending(instance, scope, now);
    return page;
  };
  const history = async (before: number | null) => await viewHistory(instance, (await atLetter()).scope, before);
  const [lastLetters, lastMembers, lastSaves] = [
    await lastStart<string>(async (start) => (await letters(start)).more),
    await lastStart<string>(async (start) => (await members(start)).next),
    await lastStart<number>(async (start) => (await history(start)).before),
  ];
  return new Map<string, () => Promise<unknown>>([
    ['letters, first page', () => letters(null)],
    ['letters, last page', () => letters(lastLetters)],
    ['letters, search that finds many', () => letters(null, SOUGHT)],
    ['letters, search that finds none', () => letters(null, 'glacier')],
    ['letters, archive', () => letters(null, '', true)],
    ['members, first page', () => members(null)],
    ['members, last page', () => members(lastMembers)],
    ['a new letter', async () => void (await guessZone(instance, await atCoalition()))],
    [
      'a letter',
      async () => {
        const { scope, letter } = await atLetter();
        await viewReplacements(instance, scope, letter);
        await countUnsettled(instance, scope);
        await viewListed(instance, scope, { before: null, limit: 50 });
      },
    ],
    ['history, first page', () => history(null)],
    ['history, last page', () => history(lastSaves)],
    ['settings', async () => void (await viewSettings(instance, await atCoalition()))],
  ]);
}

const median = (values: readonly number[]) => values.toSorted((one, two) => one - two)[values.length >> 1] ?? Number.NaN;

/** CPU milliseconds of one call of each page of each desk; the desks take turns, so that a slow moment meets all of them. */
async function measure(desks: readonly Pages[]): Promise<readonly ReadonlyMap<string, number>[]> {
  const found = desks.map(() => new Map<string, number[]>());
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const [index, pages] of desks.entries()) {
      for (const [name, page] of pages) {
        const before = process.cpuUsage();
        for (let call = 0; call < CALLS; call++) await page();
        const { user, system } = process.cpuUsage(before);
        // The first turn warms up.
        if (turn > 0) found[index]?.set(name, [...(found[index].get(name) ?? []), (user + system) / 1000 / CALLS]);
      }
    }
  }
  return found.map((pages) => new Map([...pages].map(([name, all]) => [name, median(all)])));
}

/** Puts the table between the marks of the page; what stands around it is written by hand. */
function writePage(table: string): void {
  const file = fileURLToPath(new URL('../../docs/bench-desk.md', import.meta.url));
  const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.split(' ').slice(0, 2).join(' ')}.`;
  const page = readFileSync(file, 'utf8').replace(
    /<!-- measured -->[\s\S]*<!-- end -->/,
    () => `<!-- measured -->\n${machine}\n\n${table}\n<!-- end -->`,
  );
  writeFileSync(file, page);
}

try {
  const instance = await newInstance();
  const desks: Pages[] = [];
  for (const [name, size] of Object.entries(SIZES)) desks.push(await pagesOf(instance, await writeDesk(instance, name, size, now)));
  const [one, page, many] = await measure(desks);
  await instance.store.close();
  const rows = [...(many ?? [])].map(([name, cpu]) => {
    const [least, full] = [one?.get(name) ?? Number.NaN, page?.get(name) ?? Number.NaN];
    return `| ${name} | ${least.toFixed(2)} | ${full.toFixed(2)} | ${cpu.toFixed(2)} | ${(cpu / least).toFixed(1)} | ${(cpu / full).toFixed(1)} |`;
  });
  const head = '| page | one of each, ms | one full page, ms | 1,000 letters, ms | to one | to a full page |\n|---|--:|--:|--:|--:|--:|';
  const table = [head, ...rows].join('\n');
  process.stdout.write(`${table}\n`);
  if (process.argv[2] === 'write') writePage(table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
