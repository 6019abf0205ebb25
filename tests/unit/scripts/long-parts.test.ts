import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectFiles, textOf } from '../../../scripts/check/project-files.ts';
import { longParts, readState, stateKey, writeState } from '../../../scripts/test/long-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'undersigned-long-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the parts of a long run', () => {
  it('are the test files that draw their cases or take a sample of them, of any suite', () => {
    const texts: Readonly<Record<string, string>> = {
      'tests/unit/a.test.ts': "import fc from 'fast-check';",
      'tests/unit/b.test.ts': 'expect(1).toBe(1)',
      'tests/integration/letters/c.test.ts': "import fc from 'fast-check';",
      'tests/e2e/e.test.ts': "import { sampled } from '../support/property.ts';",
      'tests/support/d.ts': "import fc from 'fast-check';",
    };
    expect(longParts(Object.keys(texts), (file) => texts[file] ?? '')).toEqual([
      'tests/unit/a.test.ts',
      'tests/integration/letters/c.test.ts',
      'tests/e2e/e.test.ts',
    ]);
    const own = longParts(projectFiles(), textOf);
    for (const part of ['integration/letters/saving', 'e2e/matrix-without-proxy']) expect(own).toContain(`tests/${part}.test.ts`);
  });

  it('name every number of cases by runs(), or leave it to the one place that sets it', () => {
    const fixed = longParts(projectFiles(), textOf).filter((file) => /numRuns: (?!runs\()/.test(textOf(file)));
    expect(fixed).toEqual([]);
  });
});

describe('the state of a long run', () => {
  it('is about the seed and the bytes of every file', () => {
    const key = (seed: string, files: Readonly<Record<string, string>>) =>
      stateKey(seed, Object.keys(files), (file) => Buffer.from(files[file] ?? ''));
    const first = key('1', { a: 'x', b: 'y' });
    expect(key('1', { a: 'x', b: 'y' })).toBe(first);
    expect(key('2', { a: 'x', b: 'y' })).not.toBe(first);
    expect(key('1', { a: 'x', b: 'z' })).not.toBe(first);
    expect(key('1', { a: 'x', c: 'y' })).not.toBe(first);
    expect(key('1', { a: 'xb', y: '' })).not.toBe(first);
  });

  it('is found again for the same, and begins anew for another or from a broken file', () => {
    const path = join(folder, 'cache/state.json');
    expect(readState(path, 'one')).toEqual({ of: 'one', passed: {} });
    const state = { of: 'one', passed: { 'tests/unit/a.test.ts': 12 } };
    writeState(path, state);
    expect(readState(path, 'one')).toEqual(state);
    expect(readState(path, 'two')).toEqual({ of: 'two', passed: {} });
    for (const broken of [readFileSync(path, 'utf8').slice(0, -9), 'null', '[]', '{"of":"one"}', '{"of":"one","passed":null}']) {
      writeFileSync(path, broken);
      expect(readState(path, 'one')).toEqual({ of: 'one', passed: {} });
    }
  });
});
