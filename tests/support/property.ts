import { createHash } from 'node:crypto';
import fc from 'fast-check';

/**
 * The seed of every property test: `UNDERSIGNED_SEED` (a number or a commit), else a new one each run.
 * `npm test` sets it from the commit in CI, so that a red run can be had again and each commit tries new cases.
 */
export function propertySeed(text: string | undefined): number {
  if (text === undefined || text === '') return Date.now() % 0x7fffffff;
  if (/^\d{1,10}$/.test(text)) return Number(text) % 0x7fffffff;
  return createHash('sha256').update(text).digest().readUInt32BE() % 0x7fffffff;
}

const seed = propertySeed(process.env['UNDERSIGNED_SEED']);

/** How many times as many cases `npm run test:long` looks at. */
const LONG_FACTOR = 20;
const factor = process.env['UNDERSIGNED_LONG'] === '1' ? LONG_FACTOR : 1;

/** The number of cases a property test looks at, given that of `npm test`, and of `npm run test:long` where it is another multiple. */
export const runs = (ordinary: number, long = ordinary * LONG_FACTOR): number => (factor > 1 ? long : ordinary);

/**
 * The cases of one part of a long run that is cut into several: `UNDERSIGNED_PART=2/5` takes the second of every five. All of them where
 * nothing is said.
 */
export function partOf<Item>(items: readonly Item[], said = process.env['UNDERSIGNED_PART']): readonly Item[] {
  if (said === undefined || said === '') return items;
  const [, part = 0, of = 0] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(said) ?? []).map(Number);
  if (part < 1 || part > of) throw new Error(`UNDERSIGNED_PART is to be like 2/5, not ${said}`);
  return items.filter((_, index) => index % of === part - 1);
}

/** The time a test of `runs` may take, in milliseconds, given that of `npm test`. */
export const runTime = (ordinary: number): number => ordinary * factor;

/**
 * One of every `share` items, by the seed and so others at each commit; all of them under `npm run test:long`. For what is long and looks
 * at much the same thing many times.
 * @param turn tells several samples of one list apart: of `share` turns, each item is in exactly one
 */
export function sampled<Item>(items: readonly Item[], share: number, turn = 0): readonly Item[] {
  if (factor > 1) return items;
  const first = (seed + turn) % share;
  return items.filter((_, index) => index % share === first);
}

/** Sets the seed, and the number of cases where a test names none, once for a test file; vitest runs it before each (setupFiles). */
export function seedProperties(): void {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed, numRuns: runs(100) });
}
