import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../lib/config.ts';
import { LaunchError } from './say.ts';

const SLOWEST_START_MS = 60_000;

export interface RunningServer {
  /** Ends it: `SIGTERM` lets requests finish. */
  stop(signal: NodeJS.Signals): void;
  /** The exit code a shell would report. */
  readonly ended: Promise<number>;
}

function environment(config: Config): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: String(config.port),
    HOSTNAME: config.bindAddress,
    UNDERSIGNED_ROOT: config.root,
    APP_ORIGIN: config.origin,
    // next-auth would otherwise believe the Host header, and mail links to whoever sent it.
    NEXTAUTH_URL: config.origin,
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

async function answers(config: Config): Promise<boolean> {
  const host = config.bindAddress.includes(':') ? `[${config.bindAddress}]` : config.bindAddress;
  try {
    await fetch(`http://${host}:${config.port}/api/health`, { signal: AbortSignal.timeout(5000), redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts the built app, or Next's development server, and returns once it answers.
 * @throws LaunchError where it ends before that
 */
export async function startServer(config: Config, mode: 'built' | 'development'): Promise<RunningServer> {
  const preload = ['--import', new URL('./end-with-launcher.ts', import.meta.url).href];
  const next = join(config.root, 'node_modules/next/dist/bin/next');
  const command =
    mode === 'built'
      ? [...preload, join(config.root, '.next/standalone/server.js')]
      : [...preload, next, 'dev', '--port', String(config.port), '--hostname', config.bindAddress];
  const child: ChildProcess = spawn(process.execPath, command, {
    cwd: config.root,
    // A group of its own: Ctrl-C reaches the launcher alone, which passes it on once.
    detached: true,
    stdio: ['ignore', mode === 'built' ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    env: { ...environment(config), NODE_ENV: mode === 'built' ? 'production' : 'development' },
  });
  let over = false;
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)));
  }).finally(() => {
    over = true;
  });
  const until = Date.now() + SLOWEST_START_MS;
  while (!(await answers(config))) {
    if (over) throw new LaunchError('The server ended while starting; its own words are above.');
    if (Date.now() > until) {
      child.kill('SIGKILL');
      throw new LaunchError(`The server did not answer within ${SLOWEST_START_MS / 1000} seconds.`);
    }
    await sleep(100);
  }
  return { stop: (signal) => void child.kill(signal), ended };
}
