import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { databaseFile } from '../../../db/open.ts';
import { appEnvironment, type Ended, ROOT } from '../../support/app.ts';
import { type CliFolder, newCliFolder } from '../../support/cli.ts';

const made: CliFolder[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) folder.clear();
});
function newFolder(settings: Readonly<Record<string, string>> = {}): CliFolder {
  const folder = newCliFolder(settings);
  made.push(folder);
  return folder;
}

/** The one that makes an instance, and one of those that work on it. */
const COMMANDS = [
  ['migrate', '--json'],
  ['coordinator', 'invite', 'nila@coalition.example', '--coalition', 'River Watch', '--json'],
] as const;

/** Each command ends with this one sentence, and says the same as JSON. */
async function expectRefused(folder: CliFolder, sentence: RegExp, run: (...args: string[]) => Promise<Ended> = folder.run) {
  for (const args of COMMANDS) {
    const { code, output, errors } = await run(...args);
    expect([code, errors]).toEqual([1, expect.stringMatching(sentence)]);
    expect(JSON.parse(output)).toEqual({ ok: false, reason: 'instance', sentence: errors.trimEnd() });
    expect(errors.split('\n')).toHaveLength(2);
  }
}

describe('keys that cannot be made', () => {
  it('are said in a sentence, and nothing else is made', async () => {
    const folder = newFolder();
    const file = folder.file('file', '');
    const cases: [Record<string, string>, RegExp][] = [
      [{ KEYS_FILE: join(file, 'keys.json') }, /^The keys file .*keys\.json cannot be made: .*\n$/],
      [{ KEYS_FILE: `${file}/${'k'.repeat(300)}` }, /^The keys file .* cannot be made: .*\n$/],
      [{ KEYS_FILE: folder.path('.') }, /^The keys file .* is a folder: .*\n$/],
      [{ DATA_DIR: join(file, 'data') }, /^The data folder .*data cannot be used: .*file is a file, not a folder\. .*\n$/],
    ];
    for (const [settings, sentence] of cases) {
      const other = newFolder(settings);
      await expectRefused(other, sentence);
      expect(existsSync(databaseFile(other.dataDir))).toBe(false);
      const { findings } = (await other.runJson('doctor')) as { findings: { what: string; state: string }[] };
      expect(findings.filter(({ state }) => state === 'wrong').length).toBeGreaterThan(0);
    }
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('are said so to a user who may not write there', async () => {
    const folder = newFolder();
    mkdirSync(folder.dataDir);
    chmodSync(folder.dataDir, 0o555);
    const other = newFolder({ KEYS_FILE: join(folder.dataDir, 'keys.json') });
    mkdirSync(other.dataDir);
    await expectRefused(other, /^The keys file .*keys\.json cannot be made: .*\n$/, other.runBound);
    expect(readdirSync(folder.dataDir)).toEqual([]);
    expect(readdirSync(other.dataDir)).toEqual([]);
  });
});

describe('a data folder that cannot be', () => {
  it.runIf(existsSync('/proc/self'))('is said so where the system makes no folders, instead of trying for ever', () => {
    for (const settings of [{}, { KEYS_FILE: join(newFolder().path('.'), 'keys.json') }]) {
      const env = appEnvironment({ DATA_DIR: '/proc/undersigned/data', ...settings });
      const migrate = [join(ROOT, 'bin/undersigned.js'), 'migrate'];
      const { status, stderr } = spawnSync(process.execPath, migrate, { env, encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' });
      expect([status, stderr]).toEqual([1, expect.stringMatching(/^The (keys file|database|data folder) .*\/proc\/undersigned.*\n$/)]);
    }
  });

  it('is a file: that is what doctor says too', async () => {
    const file = newFolder().file('file', '');
    for (const dataDir of [file, join(file, 'inner')]) {
      const { code, output } = await newFolder({ DATA_DIR: dataDir }).run('doctor');
      expect([code, output]).toEqual([1, expect.stringContaining(`WRONG  data folder    ${file} is a file, not a folder.\n`)]);
      expect(output).not.toContain('written by this user');
      expect(output).toMatch(/WRONG {2}database .*is a file, not a folder/);
    }
  });
});

describe('a database that cannot be written', () => {
  it('is no folder', async () => {
    const folder = newFolder();
    await folder.run('migrate');
    const file = databaseFile(folder.dataDir);
    rmSync(file);
    mkdirSync(file);
    await expectRefused(folder, /^The database .*undersigned\.db is no file: .*\n$/);
    expect((await folder.run('doctor')).output).toMatch(/WRONG {2}database .*is no file/);
  });

  it('is said so to who may not write it, by every command and doctor, and stays as it is', async () => {
    const folder = newFolder();
    await folder.run('migrate');
    const file = databaseFile(folder.dataDir);
    // Readable; folder and keys are as they were.
    chmodSync(file, 0o444);
    const before = readFileSync(file);
    await expectRefused(folder, /^The database .*undersigned\.db cannot be read and written by this user: .*\n$/, folder.runBound);
    const looked = await folder.runBound('doctor');
    expect([looked.code, looked.output]).toEqual([1, expect.stringMatching(/WRONG {2}database .*cannot be read and written/)]);
    expect(readFileSync(file).equals(before)).toBe(true);

    // Now the file may be written and its folder may not: the log beside it could not be made.
    chmodSync(file, 0o600);
    for (const name of ['undersigned.db-wal', 'undersigned.db-shm']) rmSync(join(folder.dataDir, name), { force: true });
    chmodSync(folder.dataDir, 0o555);
    await expectRefused(folder, /^The data folder .* cannot be written: .*\n$/, folder.runBound);
    expect((await folder.runBound('doctor')).output).toMatch(/WRONG {2}database .*cannot be written/);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder.dataDir).sort()).toEqual(['keys.json', 'undersigned.db']);
  });
});

describe('a settings file that is none', () => {
  it('is said so, as text and as JSON', async () => {
    const root = newFolder();
    mkdirSync(root.path('.env'));
    const folder = newFolder({ UNDERSIGNED_ROOT: root.path('.') });
    const { code, errors } = await folder.run('export', 'let_x', '--format', 'json');
    expect([code, errors]).toEqual([1, expect.stringMatching(/^The settings file .*\.env is a folder: .*\n$/)]);
    expect(await folder.runJson('migrate')).toMatchObject({ ok: false, reason: 'configuration', faults: [{ variable: '.env' }] });
    expect((await folder.run('doctor')).output).toMatch(/WRONG {2}configuration .*is a folder/);
  });
});
