import { defineConfig } from 'vitest/config';
import { runTime, sampled } from './tests/support/property.ts';

// Property tests print their seed when they fail; the odd zone and its 45 minutes fail whatever counts on UTC or whole hours.
const shared = { setupFiles: ['tests/support/quiet-console.ts'], env: { TZ: 'Asia/Kathmandu' }, environment: 'node' as const };

/** It builds the app a second time: at every fourth commit, and in the long run. */
const REBUILT = 'tests/e2e/matrix-without-proxy.test.ts';
const leftOut = sampled([REBUILT, null, null, null], 4).includes(REBUILT) ? [] : [REBUILT];

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
