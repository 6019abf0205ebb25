import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinCoalition } from '../../lib/coalitions/invite.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { appEnvironment, type Ended, ROOT } from './app.ts';

/** A folder for one test, with a way to run `bin/undersigned.js` in it as a user would, on an instance of its own. */
export interface CliFolder {
  readonly dataDir: string;
  path(name: string): string;
  /** Writes a file of the folder and gives its path: text as it is, anything else as JSON. */
  file(name: string, content: unknown): string;
  run(...args: string[]): Promise<Ended>;
  /** As somebody whom the permissions of files bind: who runs the tests, or root without the rights that pass them over. */
  runBound(...args: string[]): Promise<Ended>;
  /** The last run's output, parsed. */
  runJson(...args: string[]): Promise<Record<string, unknown>>;
  withInstance<T>(work: (instance: Instance) => Promise<T>): Promise<T>;
  /** `coordinator invite`, and the person accepts. */
  join(email: string, coalition: string): Promise<void>;
  clear(): void;
}

/** Not another user: who may read the checkout at all is not ours to say. */
const WITHOUT_RIGHTS = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all'];

export function newCliFolder(settings: Readonly<Record<string, string>> = {}): CliFolder {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-cli-'));
  const dataDir = join(folder, 'data');
  const environment = { DATA_DIR: dataDir, ...settings };
  const path = (name: string) => join(folder, name);
  const spawned = (through: readonly string[], args: readonly string[]) =>
    new Promise<Ended>((resolve, reject) => {
      const [program = '', ...words] = [...through, process.execPath, join(ROOT, 'bin/undersigned.js'), ...args];
      const child = spawn(program, words, {
        cwd: folder,
        env: appEnvironment(environment),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [output, errors] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (piece: string) => (output += piece));
      child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output, errors }));
    });
  const run = (...args: string[]) => spawned([], args);
  async function withInstance<T>(work: (instance: Instance) => Promise<T>): Promise<T> {
    const config = readConfig(environment, ROOT);
    if (!config.ok) throw new Error('bad configuration');
    const instance = await openInstance(config.value);
    try {
      return await work(instance);
    } finally {
      await instance.store.close();
    }
  }
  return {
    dataDir,
    path,
    file(name, content) {
      writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content));
      return path(name);
    },
    run,
    runBound: (...args) => spawned(process.getuid?.() === 0 ? WITHOUT_RIGHTS : [], args),
    async runJson(...args) {
      const { output, errors } = await run(...args, '--json');
      if (output === '') throw new Error(`nothing on standard output; ${errors}`);
      return JSON.parse(output) as Record<string, unknown>;
    },
    withInstance,
    async join(email, coalition) {
      const { output } = await run('coordinator', 'invite', email, '--coalition', coalition);
      const token = output.trim().split('/').at(-1) ?? '';
      const joined = await withInstance((instance) => joinCoalition(instance, { token, name: 'Nila Ferro', who: null }, new Date()));
      if (!joined.ok) throw new Error(joined.reason);
    },
    clear() {
      // A test may have taken the right to remove what is in it.
      if (existsSync(dataDir)) chmodSync(dataDir, 0o700);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
