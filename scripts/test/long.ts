import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles, ROOT, textOf } from '../check/project-files.ts';
import { complain, say } from '../launch/say.ts';
import { longParts, readState, stateKey, writeState } from './long-parts.ts';
import { suiteOf } from './suites.ts';
import { type Counts, runVitest } from './vitest.ts';

const STATE_FILE = join(ROOT, '.cache/test-long.json');

interface LongRun {
  readonly seed: string;
  /** Suites, or pieces of paths; all parts where there is none. */
  readonly names: readonly string[];
  /** Runs what passed before once more. */
  readonly again: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Called once before the first part that needs the built app; false where it can't be had. */
  readonly build: () => Promise<boolean>;
}

/** Every test of drawn cases with many more of them, part by part, going on where a run before was broken off or failed. */
export async function runLong({ seed, names, again, environment, build }: LongRun): Promise<Counts> {
  const key = () => stateKey(seed, projectFiles(), (file) => readFileSync(join(ROOT, file)));
  const of = key();
  const parts = longParts(projectFiles(), textOf).filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
  let state = readState(STATE_FILE, of);
  const before = parts.filter((part) => state.passed[part] !== undefined);
  const left = again ? parts : parts.filter((part) => state.passed[part] === undefined);
  const budget = left.reduce((sum, part) => sum + suiteOf(part).partBudgetSeconds, 0);
  say(`Plan: ${left.length} of ${parts.length} parts, at most ${Math.ceil(budget / 60)} minutes by their budgets.`);
  if (before.length > 0 && !again) say(`${before.length} passed before with these files and this seed; --again runs them once more.`);
  for (const part of left) say(`  ${part}: ${suiteOf(part).partBudgetSeconds} s`);

  const isPart = (environment['UNDERSIGNED_PART'] ?? '') !== '';
  if (isPart) say(`Of what is cut into pieces only UNDERSIGNED_PART=${environment['UNDERSIGNED_PART']}: what passes is not kept.`);
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (parts.length === 0) return { ...sum, failed: 1 };
  if (left.some((part) => suiteOf(part).needsBuild) && !(await build())) sum.failed++;
  const began = Date.now();
  for (const [index, part] of left.entries()) {
    const suite = suiteOf(part);
    const title = `part ${index + 1} of ${left.length}, ${part}`;
    const { seconds, ...counts } = await runVitest({
      title,
      budgetSeconds: suite.partBudgetSeconds,
      words: ['--project', suite.name, part],
      environment,
    });
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
    if (counts.failed > 0 || isPart) continue;
    if (key() !== of) complain('A file changed meanwhile: what passed is not kept.');
    else {
      state = { of, passed: { ...state.passed, [part]: seconds } };
      writeState(STATE_FILE, state);
    }
  }
  const passed = parts.filter((part) => state.passed[part] !== undefined).length;
  say(
    `Took ${Math.ceil((Date.now() - began) / 60_000)} of at most ${Math.ceil(budget / 60)} minutes; ${passed} of ${parts.length} parts have passed.`,
  );
  return sum;
}
