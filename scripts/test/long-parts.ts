import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  of: z.string(),
  /** Seconds by part. */
  passed: z.record(z.string(), z.number()),
});

/** What passed of a long run, and for what: another seed, or one changed character in a file, begins anew. */
export type LongState = Readonly<z.infer<typeof stateSchema>>;

/** Whoever imports one of these looks at more in a long run. */
const LOOKS_AT_MORE = /^import .*from '(fast-check|(\.\.\/)+support\/property\.ts)';$/m;

/** The test files that draw their cases, or look at a sample of them at a commit: each is a part of a long run. */
export const longParts = (files: readonly string[], textOf: (file: string) => string): string[] =>
  files.filter((file) => /^tests\/(unit|integration|e2e|faults)\/.*\.test\.tsx?$/.test(file) && LOOKS_AT_MORE.test(textOf(file)));

/** What a long run is about: the seed and every file of the project. */
export function stateKey(seed: string, files: readonly string[], bytesOf: (file: string) => Buffer): string {
  const hash = createHash('sha256').update(seed);
  for (const file of files) hash.update(`\0${file}\0`).update(createHash('sha256').update(bytesOf(file)).digest());
  return hash.digest('hex');
}

/** What passed before, nothing where the file is missing, broken or about something else. */
export function readState(path: string, of: string): LongState {
  if (!existsSync(path)) return { of, passed: {} };
  const state = stateSchema.safeParse(parsed(readFileSync(path, 'utf8')));
  return state.success && state.data.of === of ? state.data : { of, passed: {} };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Written whole or not at all, so that a run that is broken off keeps what passed before. */
export function writeState(path: string, state: LongState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
