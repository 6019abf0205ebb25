import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './app.ts';

/**
 * A copy of the project in which `proxy.ts` does not exist; its first start builds it. Below the checkout, since files are linked and
 * not copied, which only one file system can do.
 */
export function copyWithoutProxy(): string {
  const copy = join(ROOT, '.cache/without-proxy');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, maxBuffer: 1 << 26 });
  for (const file of files.toString().split('\0')) {
    if (!/^(?:app|lib|db|public|scripts|bin)\/|^[\w.-]+\.(?:ts|js|json)$/.test(file) || file === 'proxy.ts') continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  execFileSync('cp', ['-al', join(ROOT, 'node_modules'), join(copy, 'node_modules')]);
  return copy;
}
