import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** One thing wrong: where, and what to do about it. */
export interface Finding {
  /** Relative to the repository root, with a line where there is one: `lib/config.ts:12`. */
  readonly place: string;
  readonly advice: string;
}

/** Every file of the project, committed or about to be: relative paths with `/`. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' });
  return [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(join(ROOT, file))).sort();
}

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
