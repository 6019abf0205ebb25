import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './say.ts';

/**
 * Makes the data folder if there is none and proves that it can be written, by writing: rights alone say nothing of a read-only disk.
 * @throws LaunchError
 */
export function prepareDataFolder(folder: string): void {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 });
    rmSync(probe);
  } catch {
    throw new LaunchError(`The data folder ${folder} cannot be written: give this user the right to, or set DATA_DIR to another folder.`);
  }
}
