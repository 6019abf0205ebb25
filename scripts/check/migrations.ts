import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, ROOT } from './project-files.ts';

const SCRATCH = 'node_modules/.cache/undersigned-migrations';

function driftOf(dialect: 'sqlite' | 'postgresql', folder: 'sqlite' | 'postgres'): Finding[] {
  const place = `db/migrations/${folder}`;
  const scratch = join(SCRATCH, folder);
  const before = readdirSync(join(ROOT, place)).length;
  rmSync(join(ROOT, scratch), { recursive: true, force: true });
  mkdirSync(join(ROOT, scratch), { recursive: true });
  cpSync(join(ROOT, place), join(ROOT, scratch), { recursive: true });
  execFileSync(process.execPath, [join(ROOT, 'node_modules/drizzle-kit/bin.cjs'), 'generate'], {
    cwd: ROOT,
    env: { ...process.env, DIALECT: dialect, MIGRATIONS_OUT: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const after = readdirSync(join(ROOT, scratch)).length;
  return after === before ? [] : [{ place, advice: 'the tables changed: run npm run db:generate and commit both folders' }];
}

/** Both engines' migrations give the tables of db/schema: generating again, on a copy, must find nothing to add. */
export function checkMigrations(): Finding[] {
  if (!existsSync(join(ROOT, 'db/migrations'))) return [{ place: 'db/migrations', advice: 'run npm run db:generate' }];
  return [...driftOf('sqlite', 'sqlite'), ...driftOf('postgresql', 'postgres')];
}
