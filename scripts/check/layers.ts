import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Finding, ROOT } from './project-files.ts';

/** A cruiser that understands no TypeScript finds no modules and no violations: fewer than this is a blind run, not a clean one. */
const FEWEST_MODULES = 60;

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
  };
  readonly modules: readonly { readonly rules?: readonly { readonly name: string; readonly comment?: string }[] }[];
}

const TOPS = ['app', 'lib', 'db'];

/** The arrow of the house: app → lib → db, never back (rules and reasons in .dependency-cruiser.mjs). */
export function checkLayers(root: string = ROOT, fewestModules: number = FEWEST_MODULES): Finding[] {
  const run = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      ...TOPS,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (!run.stdout.startsWith('{')) return [{ place: '.dependency-cruiser.mjs', advice: `the cruiser did not run: ${run.stderr.trim()}` }];
  const { summary } = JSON.parse(run.stdout) as Cruise;
  if (summary.totalCruised < fewestModules) {
    return [
      {
        place: '.dependency-cruiser.mjs',
        advice: `only ${summary.totalCruised} modules were seen: the cruiser cannot read TypeScript here`,
      },
    ];
  }
  return summary.violations.map(({ from, to, rule }) => ({ place: from, advice: `must not import ${to} (${rule.name})` }));
}
