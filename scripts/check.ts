import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { envExample } from './check/env-example.ts';
import { checkFileLength } from './check/file-length.ts';
import { checkLayers } from './check/layers.ts';
import { checkLockFile } from './check/lock-file.ts';
import { checkMigrations } from './check/migrations.ts';
import { checkPlainText } from './check/plain-text.ts';
import { type Finding, ROOT, textOf } from './check/project-files.ts';
import { checkVocabulary } from './check/vocabulary.ts';
import { complain, say } from './launch/say.ts';

interface Check {
  readonly name: string;
  /** What to do when it fails. */
  readonly advice: string;
  run(): boolean;
}

function tool(name: string, advice: string, file: string, ...words: string[]): Check {
  return {
    name,
    advice,
    run: () => spawnSync(process.execPath, [join(ROOT, 'node_modules', file), ...words], { cwd: ROOT, stdio: 'inherit' }).status === 0,
  };
}

function finder(name: string, advice: string, find: () => Finding[]): Check {
  return {
    name,
    advice,
    run() {
      const findings = find();
      for (const { place, advice: what } of findings) complain(`  ${place}: ${what}`);
      return findings.length === 0;
    },
  };
}

const envFindings = (): Finding[] =>
  textOf('.env.example') === envExample()
    ? []
    : [{ place: '.env.example', advice: 'run npm run env-example: lib/config.ts says something else' }];

// The cheapest first, so that the common slip is told within a second.
const CHECKS: readonly Check[] = [
  finder('plain text', 'see the lines above', checkPlainText),
  finder('file length', 'split the files above', checkFileLength),
  finder('vocabulary', 'rename what is above; the words are in docs/layout.md', checkVocabulary),
  finder('.env.example', 'run npm run env-example', envFindings),
  tool('format and lint', 'run npm run format, then mend what is left', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  finder('lock file', 'run npm run lock', checkLockFile),
  finder('migrations', 'run npm run db:generate', checkMigrations),
  finder('layers', 'move the code, not the rule', checkLayers),
  tool('unused code', 'delete it, or name it in knip.json with a reason', 'knip/bin/knip.js'),
  tool('types', 'mend the types above', 'typescript/bin/tsc', '--noEmit', '-p', '.'),
];

const failed: string[] = [];
for (const { name, advice, run } of CHECKS) {
  const began = performance.now();
  const good = run();
  say(`${good ? 'good  ' : 'FAILED'}  ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)${good ? '' : `: ${advice}`}`);
  if (!good) failed.push(name);
}
if (failed.length > 0) {
  complain(`${failed.length} of ${CHECKS.length} checks failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
