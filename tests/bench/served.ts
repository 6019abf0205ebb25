/** A built server with letters of different lengths, and what its processes use. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { setRelease } from '../../lib/letters/releasing.ts';
import { prepareInstance } from '../../lib/prepare-instance.ts';
import { isRanked } from '../../lib/signatures/ranking.ts';
import { type Launched, launch } from '../support/app.ts';
import { foundTestCoalition } from '../support/coalition.ts';
import { freePort } from '../support/free-port.ts';
import { letterRow, type OpenLetter, openLetterIn } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { cpuOfThreads, family } from './processes.ts';
import { writeSignatures } from './public-data.ts';

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export const median = (values: readonly number[]) => values.toSorted((one, two) => one - two)[values.length >> 1] ?? Number.NaN;

export interface ServedLetter {
  readonly size: number;
  readonly letter: OpenLetter;
  /** Seconds until its list stood in order. */
  readonly rankedIn: number;
}

export interface Served {
  readonly origin: string;
  readonly instance: Instance;
  readonly letters: readonly ServedLetter[];
  /** CPU milliseconds of the server's processes so far. */
  readonly used: () => number;
}

const release = (when: 'now' | 'invited-only') => ({ when, releaseDay: '', releaseTime: '' }) as const;

/** A letter that nobody ranks yet: a server that put the list in order while it is written would wait for the bench, and the bench for it. */
async function writeLetter(instance: Instance, scope: Parameters<typeof openLetterIn>[1], size: number): Promise<OpenLetter> {
  const now = new Date();
  const block = { organisations: { order: 'alphabetical' as const }, personal: { order: 'family-name' as const, columns: 2 as const } };
  const deadlineAt = new Date(now.getTime() + 30 * 86_400_000);
  const input = letterInput({ headline: `Wells stay open ${size}`, preset: 'open-letter', block, deadlineAt });
  const letter = await openLetterIn(instance, scope, input, now);
  await setRelease(instance, letter.letter, release('invited-only'), now);
  await writeSignatures(instance, letter.letterId, size, (done) => {
    if (done % 100_000 === 0) say(`  ${done} of ${size}`);
  });
  return letter;
}

/** The server puts the list in order, as after every release. */
async function releaseLetter(letter: OpenLetter, size: number): Promise<ServedLetter> {
  await setRelease(letter.instance, letter.letter, release('now'), new Date());
  const began = performance.now();
  while (!isRanked(await letterRow(letter))) await pause(200);
  const rankedIn = (performance.now() - began) / 1000;
  say(`  ${size}: ranked in ${rankedIn.toFixed(1)} s`);
  return { size, rankedIn, letter };
}

async function ready(app: Launched): Promise<void> {
  while (!app.output().includes('ready: ')) await pause(50);
}

/**
 * Writes letters of these lengths that everybody may read and sign, starts the server of a project on them, and ends it afterwards. Whoever
 * asks names their address themself, as behind a proxy.
 */
export async function withServer<Found>(
  { root, databaseUrl, sizes }: { readonly root: string; readonly databaseUrl: string; readonly sizes: readonly number[] },
  measure: (served: Served) => Promise<Found>,
): Promise<Found> {
  const dataDir = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));
  const port = String(await freePort());
  const origin = `http://localhost:${port}`;
  const settings = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: port, TRUSTED_HOPS: '1', APP_ORIGIN: origin };
  try {
    const config = readConfig(settings, root);
    if (!config.ok) throw new Error('bad configuration');
    const prepared = await prepareInstance(config.value, new Date());
    if (!prepared.ok) throw new Error(prepared.reason);
    const instance = await openInstance(config.value);
    const { scope } = await foundTestCoalition(instance, new Date());
    const written: OpenLetter[] = [];
    for (const size of sizes) written.push(await writeLetter(instance, scope, size));
    const app = launch(settings, root);
    try {
      await ready(app);
      const letters: ServedLetter[] = [];
      for (const [at, letter] of written.entries()) letters.push(await releaseLetter(letter, sizes[at] ?? 0));
      const pids = family(app.process.pid ?? 0);
      return await measure({ origin, instance, letters, used: () => pids.reduce((sum, pid) => sum + cpuOfThreads(pid), 0) });
    } finally {
      await instance.store.close();
      app.process.kill('SIGTERM');
      await app.ended;
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
