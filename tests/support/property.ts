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

/** Sets the seed once for a test file; vitest runs it before each (setupFiles). */
export function seedProperties(): void {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: propertySeed(process.env['UNDERSIGNED_SEED']) });
}

/** How many times more cases a sampled test looks at under `npm run test:long`, for tests that look at one in up to a millisecond. */
const LONG_FACTOR = 20;

export const isLong = process.env['UNDERSIGNED_LONG'] === '1';

/** The number of cases a property test looks at: `ordinary` in `npm test`, many more (times `factor`) in `npm run test:long`. */
export const runs = (ordinary: number, factor: number = LONG_FACTOR): number => (isLong ? ordinary * factor : ordinary);
