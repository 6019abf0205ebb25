/** A built server with letters of different lengths, and what its processes use. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { setRelease } from '../../lib/letters/releasing.ts';
import { isRanked } from '../../lib/signatures/ranking.ts';
import { type Launched, launch } from '../support/app.ts';
import { foundTestCoalition } from '../support/coalition.ts';
import { freePort } from '../support/free-port.ts';
import { letterRow, type OpenLetter, openLetterIn } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { cpuOf, family } from './processes.ts';
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

async function serveLetter(instance: Instance, scope: Parameters<typeof openLetterIn>[1], size: number): Promise<ServedLetter> {
  const now = new Date();
  const block = { organisations: { order: 'alphabetical' as const }, personal: { order: 'family-name' as const, columns: 2 as const } };
  const deadlineAt = new Date(now.getTime() + 30 * 86_400_000);
  const letter = await openLetterIn(
    instance,
    scope,
    letterInput({ headline: `Wells stay open ${size}`, preset: 'open-letter', block, deadlineAt }),
    now,
  );
  await writeSignatures(instance, letter.letterId, size, (done) => {
    if (done % 100_000 === 0) say(`  ${done} of ${size}`);
  });
  await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, now);
  const began = performance.now();
  // The server does it, as after every release.
  while (!isRanked(await letterRow(letter))) await pause(200);
  const rankedIn = (performance.now() - began) / 1000;
  say(`  ${size}: ranked in ${rankedIn.toFixed(1)} s`);
  return { size, rankedIn, letter };
}

async function ready(app: Launched): Promise<string> {
  for (;;) {
    const origin = /ready: (http\S+)/.exec(app.output())?.[1];
    if (origin) return origin;
    await pause(50);
  }
}

/**
 * Starts the server of a project on an engine, with letters of these lengths that everybody may read and sign, and ends it afterwards.
 * Whoever asks names their address themself, as behind a proxy.
 */
export async function withServer<Found>(
  { root, databaseUrl, sizes }: { readonly root: string; readonly databaseUrl: string; readonly sizes: readonly number[] },
  measure: (served: Served) => Promise<Found>,
): Promise<Found> {
  const dataDir = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));
  const settings = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: String(await freePort()), TRUSTED_HOPS: '1' };
  const app = launch(settings, root);
  try {
    const origin = await ready(app);
    const config = readConfig({ ...settings, APP_ORIGIN: origin }, root);
    if (!config.ok) throw new Error('bad configuration');
    const instance = await openInstance(config.value);
    const { scope } = await foundTestCoalition(instance, new Date());
    const letters: ServedLetter[] = [];
    for (const size of sizes) letters.push(await serveLetter(instance, scope, size));
    const pids = family(app.process.pid ?? 0);
    const found = await measure({ origin, instance, letters, used: () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0) });
    await instance.store.close();
    return found;
  } finally {
    app.process.kill('SIGTERM');
    await app.ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
