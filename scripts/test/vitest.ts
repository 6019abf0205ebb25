import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../check/project-files.ts';
import { complain, say } from '../launch/say.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Run {
  /** As it is named in what is printed: "suite unit", "part tests/unit/…". */
  readonly title: string;
  /** On two shared cores; longer is said, five times as long ends the run. */
  readonly budgetSeconds: number;
  /** What to run: a project, and files of it. */
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Counts from vitest's own report; without one the run itself is what failed. */
function countsOf(reportFile: string, code: number | null): Counts {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  // A file that cannot even be loaded has no tests to count.
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Runs vitest once in a process of its own and says how it went and how long it took. */
export async function runVitest(run: Run): Promise<Counts & { readonly seconds: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-report-'));
  const reportFile = join(folder, 'report.json');
  const began = Date.now();
  const words = ['run', ...run.words, '--reporter=dot', '--reporter=json', `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: run.environment,
  });
  const timer = setTimeout(() => {
    complain(`The ${run.title} was ended after ${run.budgetSeconds * 5} s.`);
    child.kill('SIGKILL');
  }, run.budgetSeconds * 5000);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  const seconds = Math.round((Date.now() - began) / 1000);
  const counts = countsOf(reportFile, code);
  rmSync(folder, { recursive: true, force: true });
  const over = seconds > run.budgetSeconds ? ', OVER its budget' : '';
  const title = run.title.charAt(0).toUpperCase() + run.title.slice(1);
  say(`${title}: ${counts.passed} good, ${counts.failed} bad, ${counts.skipped} left out; ${seconds} s of ${run.budgetSeconds} s${over}`);
  return { ...counts, seconds };
}
