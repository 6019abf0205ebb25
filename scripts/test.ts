import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOOLS, toolPath } from '../tests/support/tools.ts';
import { ROOT } from './check/project-files.ts';
import { ensureBuilt } from './launch/app-build.ts';
import { complain, LaunchError, say } from './launch/say.ts';

interface Suite {
  readonly name: string;
  /** On two shared cores; twice as long is printed, five times as long ends the suite. */
  readonly budgetSeconds: number;
  readonly needsBuild: boolean;
}

const SUITES: readonly Suite[] = [
  { name: 'unit', budgetSeconds: 120, needsBuild: false },
  { name: 'integration', budgetSeconds: 300, needsBuild: true },
  { name: 'e2e', budgetSeconds: 240, needsBuild: true },
  { name: 'faults', budgetSeconds: 120, needsBuild: true },
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

const inCi = process.env['CI'] === 'true';

function seed(): string {
  const given = process.env['UNDERSIGNED_SEED'];
  if (given) return given;
  // In CI the commit: a red run can be had again, and each commit tries other cases.
  if (inCi) return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return String(Date.now() % 0x7fffffff);
}

function hasTests(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) => /\.test\.tsx?$/.test(String(name)));
}

/** Counts from vitest's own report; without one the suite itself is what failed. */
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

async function runSuite(suite: Suite, environment: NodeJS.ProcessEnv): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-report-'));
  const reportFile = join(folder, 'report.json');
  const began = Date.now();
  const words = ['run', '--project', suite.name, '--reporter=dot', '--reporter=json', `--outputFile.json=${reportFile}`];
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  });
  const timer = setTimeout(() => {
    complain(`The suite ${suite.name} was ended after ${suite.budgetSeconds * 5} s.`);
    child.kill('SIGKILL');
  }, suite.budgetSeconds * 5000);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  const seconds = Math.round((Date.now() - began) / 1000);
  const counts = countsOf(reportFile, code);
  rmSync(folder, { recursive: true, force: true });
  const over = seconds > suite.budgetSeconds ? ', OVER its budget' : '';
  say(
    `Suite ${suite.name}: ${counts.passed} good, ${counts.failed} bad, ${counts.skipped} left out; ${seconds} s of ${suite.budgetSeconds} s${over}`,
  );
  return counts;
}

function reportTools(): void {
  const missing = TOOLS.filter((tool) => toolPath(tool.name) === null);
  for (const { name, debian, purpose } of missing) complain(`Missing: ${name} (Debian package ${debian}), ${purpose}.`);
  if (missing.length > 0) complain(inCi ? 'In CI that is a failure.' : 'The tests that need it are left out.');
}

async function main(words: readonly string[]): Promise<void> {
  const names = words.filter((word) => !word.startsWith('--'));
  const chosen = SUITES.filter((suite) => (names.length === 0 || names.includes(suite.name)) && hasTests(join(ROOT, 'tests', suite.name)));
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    UNDERSIGNED_SEED: seed(),
    NO_COLOR: '1',
    ...(words.includes('--long') ? { UNDERSIGNED_LONG: '1' } : {}),
  };
  say(`Seed of the property tests: UNDERSIGNED_SEED=${environment['UNDERSIGNED_SEED']}`);
  reportTools();
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    if (chosen.some((suite) => suite.needsBuild)) await ensureBuilt(ROOT);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    complain(error.message);
    sum.failed++;
  }
  for (const suite of chosen) {
    const counts = await runSuite(suite, environment);
    sum.passed += counts.passed;
    sum.failed += counts.failed + (inCi ? counts.skipped : 0);
    sum.skipped += inCi ? 0 : counts.skipped;
  }
  if (chosen.length === 0) sum.failed++;
  process.exitCode = sum.failed > 0 ? 1 : 0;
  say(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
}

await main(process.argv.slice(2));
