/**
 * A long list on its pages and in its PDF, each beside the same of a letter with 20 names in the same run: CPU milliseconds of the
 * process with its threads, medians. First: nothing is remembered of the letter, as after every change; again: it is.
 * Run: node tests/bench/list.ts [write]; with `write` it writes docs/bench-list.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { findLetterById } from '../../db/queries/letters.ts';
import type { LetterScope } from '../../lib/access/scope.ts';
import { listPage } from '../../lib/block/list-page.ts';
import type { For } from '../../lib/coalitions/access.ts';
import { inviteCoordinator, joinCoalition } from '../../lib/coalitions/invite.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { readLetter } from '../../lib/letter-file/read.ts';
import { storedLetter } from '../../lib/letters/document.ts';
import { importLetter } from '../../lib/letters/import.ts';
import { PAGE_ROWS } from '../../lib/letters/views.ts';
import { KeptRenders, renderVersion } from '../../lib/pdf/kept-renders.ts';
import { renderPdfInWorker } from '../../lib/pdf/worker-host.ts';
import { prepareInstance } from '../../lib/prepare-instance.ts';
import { readListFilter } from '../../lib/signatures/list-filter.ts';
import { viewList } from '../../lib/signatures/list-view.ts';
import { viewListed } from '../../lib/signatures/listed.ts';
import { benchSignatories } from './signatories.ts';

const TURNS = 5;
const SIZES = [20, 24_000] as const;
const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));

async function newInstance(): Promise<Instance> {
  const config = readConfig({ DATA_DIR: join(folder, 'data') }, folder);
  if (!config.ok) throw new Error('bad configuration');
  const prepared = await prepareInstance(config.value, new Date());
  if (!prepared.ok) throw new Error(prepared.reason);
  const instance = await openInstance(config.value);
  const now = new Date();
  const invited = await inviteCoordinator(instance, { email: 'ada@example.org', coalitionName: 'River Watch' }, now);
  if (!invited.ok) throw new Error(invited.reason);
  await joinCoalition(instance, { token: invited.value.link?.split('/').at(-1) ?? '', name: 'Ada', who: null }, now);
  return instance;
}

async function importInvented(instance: Instance, count: number): Promise<string> {
  const letterFile = join(folder, `${count}.json`);
  const signatoriesFile = join(folder, `${count}.ndjson`);
  const text = { language: 'en', headline: `Wells stay open ${count}`, body: 'Water is *ours*.', addressees: [{ name: 'The Mayor' }] };
  const block = { organisations: { order: 'alphabetical' }, personal: { order: 'family-name', columns: 2 } };
  writeFileSync(letterFile, JSON.stringify({ format: 'undersigned-letter/1', letter: { authenticLanguage: 'en', texts: [text] }, block }));
  writeFileSync(signatoriesFile, `${[...benchSignatories(count)].map((signatory) => JSON.stringify(signatory)).join('\n')}\n`);
  const letter = await readLetter({ letterFile, signatoriesFile, onFault: 'drop' });
  if (!letter.ok) throw new Error('the files cannot be read');
  const given = {
    onFault: 'drop',
    fileHash: `${count}`,
    coalitionSlug: 'river-watch',
    as: 'ada@example.org',
    means: 'x',
    zone: 'UTC',
  } as const;
  const imported = await importLetter(instance, { ...letter.value, ...given }, new Date());
  if (!imported.ok) throw new Error(imported.reason);
  return imported.value.letterId;
}

interface Measured {
  readonly cpu: number;
  /** The longest time nothing else was answered, in milliseconds. */
  readonly held: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // Its first tick is not counted, so it must be over before the work begins.
  await pause(20);
  delay.reset();
  await pause(5);
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  await pause(5);
  delay.disable();
  return { cpu: (user + system) / 1000, held: delay.max / 1e6 };
}

const median = (values: readonly number[]) => values.toSorted((one, two) => one - two)[values.length >> 1] ?? Number.NaN;

async function benchLetter(instance: Instance, letterId: string): Promise<ReadonlyMap<string, Measured>> {
  const found = new Map<string, Measured[]>();
  const run = async (name: string, work: () => Promise<unknown>) => {
    found.set(name, [...(found.get(name) ?? []), await measure(work)]);
  };
  const stored = async () => {
    const letter = await storedLetter(instance, letterId, { edition: 'public', now: new Date() });
    if (!letter) throw new Error('no letter');
    return letter;
  };
  const { letters } = instance.store.read.tables;
  /** As a change of the letter does: what was remembered of it is of no use any longer. */
  const change = (turn: number) =>
    instance.store.inTransaction(
      async (tx) =>
        void (await tx
          .update(letters)
          .set({ updatedAt: new Date(turn) })
          .where(eq(letters.id, letterId))),
    );
  // What only a gate of the application may make: here no member asks.
  const row = await findLetterById(instance.store.read, letterId);
  const scope = { letterId, coalitionId: row?.coalitionId ?? '', role: 'owner' } as For<LetterScope, never>;
  const list = (search: Record<string, string>) => viewList(instance, scope, readListFilter(search), null);
  for (let turn = 0; turn < TURNS; turn++) {
    await change(turn);
    const renders = new KeptRenders(64 * 1024 * 1024);
    const preview = async (page: number) => listPage((await stored()).sections, page, PAGE_ROWS);
    const pdf = async () => {
      const { document, state } = await stored();
      const options = { page: 'a4', tagged: true, pdfa: null, blockOnly: false } as const;
      const start = () => async (write: (bytes: Uint8Array) => void) => void (await renderPdfInWorker(document, options, { write }));
      const signal = new AbortController().signal;
      const stream = renders.open({ key: letterId, version: renderVersion(document, state), keepMs: 60_000, start }, signal);
      await new Response(stream).arrayBuffer();
    };
    await run('list on the desk', () => viewListed(instance, scope, { before: null, limit: PAGE_ROWS }));
    await run('every entry, newest', () => list({}));
    await run('every entry, nobody found, first', () => list({ words: 'nobody of this name' }));
    await run('every entry, nobody found, again', () => list({ words: 'nobody of this name' }));
    await run('every entry, a rare way', () => list({ origin: 'open-link' }));
    await run('preview, first', () => preview(1));
    await run('preview, another page', () => preview(240));
    await change(turn + TURNS);
    await run('PDF, first', pdf);
    await run('PDF, again', pdf);
  }
  return new Map(
    [...found].map(([name, all]) => [name, { cpu: median(all.map(({ cpu }) => cpu)), held: median(all.map(({ held }) => held)) }]),
  );
}

try {
  const instance = await newInstance();
  const [short, long] = [await importInvented(instance, SIZES[0]), await importInvented(instance, SIZES[1])];
  await benchLetter(instance, short);
  const yardstick = await benchLetter(instance, short);
  const measured = await benchLetter(instance, long);
  await instance.store.close();
  const rows = [...measured].map(([name, { cpu, held }]) => {
    const few = yardstick.get(name)?.cpu ?? Number.NaN;
    return `| ${name} | ${few.toFixed(1)} | ${cpu.toFixed(1)} | ${(cpu / few).toFixed(1)} | ${held.toFixed(0)} |`;
  });
  const table = ['| what | 20 names, ms | 24,000 names, ms | ratio | held, ms |', '|---|--:|--:|--:|--:|', ...rows].join('\n');
  process.stdout.write(`${table}\n`);
  if (process.argv[2] === 'write') {
    const page = `# A long list: measured

\`npm run bench\` writes this page: the list of a letter with 24,000 invented names in fourteen scripts, organisations in alphabetical order
and people by family name, beside that of a letter with 20 names in the same run. CPU milliseconds of the process with its threads,
medians of five; other machines give other times, and about the same ratios. First: nothing is remembered of the letter, as after every
change of it; “every entry” is the list with its filters, whose names are looked into one by one where no plain words are stored. Held: the longest time during which nothing else was answered.

Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.split(' ').slice(0, 2).join(' ')}.

${table}
`;
    writeFileSync(fileURLToPath(new URL('../../docs/bench-list.md', import.meta.url)), page);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
