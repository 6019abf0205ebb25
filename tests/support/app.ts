import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Launched {
  /** Everything printed on standard output so far. */
  readonly output: () => string;
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The environment of a fresh instance: nothing of this machine's own settings, and a TZ of its own. */
export function appEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NODE_ENV: 'production', TZ: 'Asia/Kathmandu', APP_ORIGIN: '', DATABASE_URL: '', SMTP_URL: '', ...settings };
}

/** Runs `npm start`'s launcher as a user would, without npm around it. */
export function launch(settings: Readonly<Record<string, string>>, root = ROOT): Launched {
  const child = spawn(process.execPath, [join(root, 'scripts/run.js'), 'start'], {
    cwd: tmpdir(),
    env: appEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, output, errors })));
  return { output: () => output, process: child, ended };
}

export interface App {
  readonly origin: string;
  readonly dataDir: string;
  /** The one-time link of an empty database, or null. */
  readonly setUpLink: string | null;
  /** Ends it and waits; `SIGTERM` unless told otherwise. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** SIGKILL to the very process that answers requests, with no word to it before; waits until it is gone. Needs `/proc`. */
  kill(): Promise<void>;
  /** After `stop`: removes the data folder, if it was made here. */
  clear(): void;
}

/**
 * A running instance on a free port.
 * @param settings the environment; a `DATA_DIR` given here is kept, else a temporary one is made
 * @param root the project's folder; it is built there first where it is not
 */
export async function startApp(settings: Readonly<Record<string, string>> = {}, root = ROOT): Promise<App> {
  const made = settings['DATA_DIR'] === undefined ? mkdtempSync(join(tmpdir(), 'undersigned-data-')) : null;
  const dataDir = settings['DATA_DIR'] ?? made ?? '';
  const launched = launch({ PORT: String(await freePort()), ...settings, DATA_DIR: dataDir }, root);
  let over: Ended | undefined;
  void launched.ended.then((ended) => {
    over = ended;
  });
  // The set-up link, where there is one, is in the same write.
  while (!/ready: http\S+\n/.test(launched.output())) {
    if (over) throw new Error(`the app did not start: ${over.output}${over.errors}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    origin: /ready: (http\S+)/.exec(launched.output())?.[1] ?? '',
    dataDir,
    setUpLink: /https?:\S+\/set-up\/\S+/.exec(launched.output())?.[0] ?? null,
    async stop(signal = 'SIGTERM') {
      launched.process.kill(signal);
      await launched.ended;
    },
    async kill() {
      const { pid } = launched.process;
      for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' '))
        process.kill(Number(child), 'SIGKILL');
      await launched.ended;
    },
    clear() {
      if (made) rmSync(made, { recursive: true, force: true });
    },
  };
}
