import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

const { R_OK, W_OK, X_OK } = constants;

/**
 * The folder that what is written to `folder` ends up in: itself, or the nearest above it where it has yet to be made.
 * @param folder absolute
 * @returns its path, or null where this user may not write there, or a part of the path is a file
 */
export function writableFolder(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return null;
    accessSync(folder, R_OK | W_OK | X_OK);
    return folder;
  } catch (error) {
    const above = dirname(folder);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && above !== folder ? writableFolder(above) : null;
  }
}
