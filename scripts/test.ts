import { execFileSync } from 'node:child_process';
import { TOOLS, toolPath } from '../tests/support/tools.ts';
import { ROOT } from './check/project-files.ts';
import { ensureBuilt } from './launch/app-build.ts';
import { complain, LaunchError, say } from './launch/say.ts';
import { runLong } from './test/long.ts';
import { suitesOf } from './test/suites.ts';
import { type Counts, runVitest } from './test/vitest.ts';

const inCi = process.env['CI'] === 'true';

function seed(isLong: boolean): string {
  const given = process.env['UNDERSIGNED_SEED'];
  if (given) return given;
  // In CI the commit: a red run can be had again, and each commit tries other cases. A long run too, so that it can go on.
  if (inCi || isLong) return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return String(Date.now() % 0x7fffffff);
}

function reportTools(): void {
  const missing = TOOLS.filter((tool) => toolPath(tool.name) === null);
  for (const { name, debian, purpose } of missing) complain(`Missing: ${name} (Debian package ${debian}), ${purpose}.`);
  if (missing.length > 0) complain(inCi ? 'In CI that is a failure.' : 'The tests that need it are left out.');
}

async function build(): Promise<boolean> {
  try {
    await ensureBuilt(ROOT);
    return true;
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    complain(error.message);
    return false;
  }
}

async function runSuites(names: readonly string[], environment: NodeJS.ProcessEnv): Promise<Counts> {
  const chosen = suitesOf(names);
  const sum: Counts = { passed: 0, failed: chosen.length === 0 ? 1 : 0, skipped: 0 };
  if (chosen.some((suite) => suite.needsBuild) && !(await build())) sum.failed++;
  for (const { name, budgetSeconds, workers } of chosen) {
    const counts = await runVitest({
      title: `suite ${name}`,
      budgetSeconds,
      words: ['--project', name, `--maxWorkers=${workers}`],
      environment,
    });
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

async function main(words: readonly string[]): Promise<void> {
  const names = words.filter((word) => !word.startsWith('--'));
  const isLong = words.includes('--long');
  const ownSeed = seed(isLong);
  const environment = { ...process.env, UNDERSIGNED_SEED: ownSeed, NO_COLOR: '1', UNDERSIGNED_LONG: isLong ? '1' : '' };
  say(`Seed of the property tests: UNDERSIGNED_SEED=${ownSeed}`);
  reportTools();
  const sum = isLong
    ? await runLong({ seed: ownSeed, names, again: words.includes('--again'), environment, build })
    : await runSuites(names, environment);
  // In CI what is left out for want of a program is a failure.
  const failed = sum.failed + (inCi ? sum.skipped : 0);
  process.exitCode = failed > 0 ? 1 : 0;
  say(`${sum.passed} passed, ${failed} failed${sum.skipped > 0 && !inCi ? `, ${sum.skipped} skipped` : ''}`);
}

await main(process.argv.slice(2));
