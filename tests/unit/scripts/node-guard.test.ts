import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/check/project-files.ts';

// The guard as an older Node would meet it: what it reads of the process is said before it is loaded.
const PRETEND = `Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '9' } });`;

describe('the guard against an old Node', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'undersigned-guard-'));
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
    copyFileSync(join(ROOT, 'bin/node-guard.js'), join(folder, 'bin/node-guard.js'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'pretend.mjs'), PRETEND);
    writeFileSync(
      join(folder, 'bin/program.js'),
      `import { ensureNode } from './node-guard.js';\nensureNode();\nprocess.stdout.write('went on');\n`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [...flags, join(folder, 'bin/program.js'), 'word'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], NODE_ENV: 'test' },
    });

  it('lets a Node that fits go on', () => {
    expect(run()).toMatchObject({ status: 0, stdout: 'went on', stderr: '' });
  });

  it('says in a sentence what is needed where npm brought no other', () => {
    const { status, stdout, stderr } = run('--import', join(folder, 'pretend.mjs'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^Undersigned needs Node\.js 24 and this is v\S+: run npm install in its folder, or install Node\.js 24\.\n$/);
  });

  it('goes on under the one npm brought, with the same words and exit code', () => {
    writeFileSync(join(folder, 'node_modules/.bin/node'), '#!/bin/sh\necho "other node: $2"\nexit 7\n', { mode: 0o755 });
    expect(run('--import', join(folder, 'pretend.mjs'))).toMatchObject({ status: 7, stdout: 'other node: word\n' });
  });
});
