import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './app.ts';

interface Changed {
  /** Files of the project that the copy is to have none of. */
  readonly without?: readonly string[];
  /** Texts of files that it has beside the project's, by their paths. */
  readonly added?: Readonly<Record<string, string>>;
}

/**
 * A copy of the project with some files of its own; its first start builds it. Below the checkout, since packages are linked and not
 * copied, which only one file system can do.
 * @param name of its folder
 */
export function copyProject(name: string, { without = [], added = {} }: Changed): string {
  const copy = join(ROOT, '.cache', name);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, maxBuffer: 1 << 26 });
  for (const file of files.toString().split('\0')) {
    if (!/^(?:app|lib|db|public|scripts|bin)\/|^[\w.-]+\.(?:ts|js|json)$/.test(file) || without.includes(file)) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  for (const [file, text] of Object.entries(added)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
  execFileSync('cp', ['-al', join(ROOT, 'node_modules'), join(copy, 'node_modules')]);
  return copy;
}
