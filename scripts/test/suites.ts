import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../check/project-files.ts';

export interface Suite {
  readonly name: string;
  /** On two shared cores. */
  readonly budgetSeconds: number;
  /** The same for one part of a long run. */
  readonly partBudgetSeconds: number;
  readonly needsBuild: boolean;
  /** Files at a time. Left alone, vitest keeps one of two cores for itself and uses the other. */
  readonly workers: number;
}

const SUITES: readonly Suite[] = [
  { name: 'unit', budgetSeconds: 150, partBudgetSeconds: 600, needsBuild: false, workers: 2 },
  { name: 'integration', budgetSeconds: 420, partBudgetSeconds: 900, needsBuild: true, workers: 2 },
  { name: 'e2e', budgetSeconds: 480, partBudgetSeconds: 900, needsBuild: true, workers: 2 },
  { name: 'faults', budgetSeconds: 120, partBudgetSeconds: 900, needsBuild: true, workers: 1 },
];

function hasTests(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) => /\.test\.tsx?$/.test(String(name)));
}

/** The suites that have tests, all of them where none is named. */
export const suitesOf = (names: readonly string[]): Suite[] =>
  SUITES.filter(({ name }) => (names.length === 0 || names.includes(name)) && hasTests(join(ROOT, 'tests', name)));

/** The suite a test file belongs to. */
export function suiteOf(file: string): Suite {
  const suite = SUITES.find(({ name }) => file.startsWith(`tests/${name}/`));
  if (suite === undefined) throw new Error(`${file} lies in no suite`);
  return suite;
}
