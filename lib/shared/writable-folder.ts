import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Result, refusal, success } from './result.ts';

const { R_OK, W_OK, X_OK } = constants;
const NOTHING_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/** Why nothing can be written into a folder, and the part of its path that is the reason. */
export interface FolderFault {
  readonly reason: 'a-file' | 'unwritable';
  readonly path: string;
}

/**
 * The folder that what is written to `folder` ends up in: itself, or the nearest above it where it has yet to be made.
 * @param folder absolute
 * @returns its path; `a-file` where it, or a part of its path, is no folder; `unwritable` where this user may not write there
 */
export function writableFolder(folder: string): Result<string, FolderFault> {
  try {
    if (!statSync(folder).isDirectory()) return refusal({ reason: 'a-file', path: folder });
    accessSync(folder, R_OK | W_OK | X_OK);
    return success(folder);
  } catch (error) {
    const above = dirname(folder);
    const { code = '' } = error as NodeJS.ErrnoException;
    return NOTHING_THERE.has(code) && above !== folder ? writableFolder(above) : refusal({ reason: 'unwritable', path: folder });
  }
}

/**
 * Makes a folder and those above it that are missing, each for its owner alone. One at a time: Node's own `recursive` never ends where
 * the system answers the making of a folder with "no such file" (/proc).
 * @param folder absolute
 * @throws the system's error where one cannot be made
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The sentence to print when the data folder cannot be used. */
export function dataFolderSentence(folder: string, { reason, path }: FolderFault): string {
  switch (reason) {
    case 'a-file':
      return `The data folder ${folder} cannot be used: ${path} is a file, not a folder. Set DATA_DIR to a folder.`;
    case 'unwritable':
      return `The data folder ${folder} cannot be written: give this user the right to, or set DATA_DIR to another folder.`;
  }
}
