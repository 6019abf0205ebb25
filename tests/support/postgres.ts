import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { requireTool } from './tools.ts';

export interface PostgresServer {
  /** Of an empty database: `postgres://…`. Each call makes another. */
  newDatabase(): string;
  stop(): void;
}

/** PostgreSQL refuses to run as root: there its own user, which the Debian package makes, runs it. */
function asServerUser(program: string, words: readonly string[]): void {
  const root = process.getuid?.() === 0;
  const [file, args] = root ? ['runuser', ['-u', 'postgres', '--', program, ...words]] : [program, [...words]];
  // A file for standard output: pg_ctl's child would hold a pipe open, and the call would never return.
  execFileSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir(), env: { ...process.env, LC_ALL: 'C' }, timeout: 60_000 });
}

const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

/** A private server in a temporary folder, on loopback alone, gone after `stop`. Needs the tool `initdb`. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = dirname(requireTool('initdb'));
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-postgres-'));
  chmodSync(folder, 0o700);
  if (process.getuid?.() === 0) chownSync(folder, idOf('-u'), idOf('-g'));
  const data = join(folder, 'data');
  const port = await freePort();
  asServerUser(join(programs, 'initdb'), ['-D', data, '-U', 'undersigned', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C']);
  // Each test opens a pool of its own, and twenty or a hundred at once fill it; the last file's pools close while the next one's open.
  const options = `-h 127.0.0.1 -p ${port} -k ${folder} -c fsync=off -c max_connections=300 -c shared_buffers=32MB`;
  asServerUser(join(programs, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  let made = 0;
  return {
    newDatabase() {
      const name = `test_${++made}`;
      execFileSync(join(programs, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'undersigned', name], { stdio: 'pipe' });
      return `postgres://undersigned@127.0.0.1:${port}/${name}`;
    },
    stop() {
      asServerUser(join(programs, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
