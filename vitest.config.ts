import { defineConfig } from 'vitest/config';
import { runTime, sampled } from './tests/support/property.ts';

// Property tests print their seed when they fail; the odd zone and its 45 minutes fail whatever counts on UTC or whole hours.
const shared = { setupFiles: ['tests/support/quiet-console.ts'], env: { TZ: 'Asia/Kathmandu' }, environment: 'node' as const };

/** What takes minutes is looked at by every fourth commit, and by the long run: a second build of the app, and a letter of nine days. */
const LONG_FILES = ['tests/e2e/matrix-without-proxy.test.ts', 'tests/e2e/nine-days.test.ts', null, null];
const now = sampled(LONG_FILES, LONG_FILES.length);
const leftOut = LONG_FILES.filter((file): file is string => file !== null && !now.includes(file));

const suite = (name: string, testTimeout: number, parallel: boolean, globalSetup: string[] = []) => ({
  test: {
    ...shared,
    name,
    include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`],
    exclude: leftOut,
    testTimeout: runTime(testTimeout),
    hookTimeout: Math.max(testTimeout, 60_000),
    fileParallelism: parallel,
    globalSetup,
  },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit', 60_000, true),
      suite('integration', 60_000, true, ['tests/support/postgres-setup.ts']),
      suite('e2e', 180_000, true),
      suite('faults', 180_000, false),
    ],
  },
});
