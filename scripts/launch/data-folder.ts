import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderSentence, makeFolder, writableFolder } from '../../lib/shared/writable-folder.ts';
import { LaunchError } from './say.ts';

/**
 * Makes the data folder if there is none and proves that it can be written, by writing: rights alone say nothing of a read-only disk.
 * @throws LaunchError
 */
export function prepareDataFolder(folder: string): void {
  const found = writableFolder(folder);
  if (!found.ok) throw new LaunchError(dataFolderSentence(folder, found.reason));
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 });
    rmSync(probe);
  } catch {
    throw new LaunchError(dataFolderSentence(folder, { reason: 'unwritable', path: folder }));
  }
}
