import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { databaseFile } from '../db/open.ts';
import type { Config } from './config.ts';
import { dataFolderSentence, writableFolder } from './shared/writable-folder.ts';

function readsAndWrites(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What keeps this user from working with the embedded database: each file of it must be one that can be read and written, and so must
 * their folder, since the write-ahead log is made beside the database and removed again. SQLite itself opens such a database without
 * a word, for reading alone, and says so only at the first change.
 * @returns the sentence to print, or null where nothing does: also of a database server
 */
export function databaseFileSentence({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): string | null {
  const file = databaseFile(dataDir);
  if (databaseUrl !== null) return null;
  for (const part of [file, `${file}-wal`, `${file}-shm`]) {
    if (!existsSync(part)) continue;
    if (!statSync(part).isFile()) return `The database ${part} is no file: put back the file that stood there.`;
    if (!readsAndWrites(part)) {
      return `The database ${part} cannot be read and written by this user: run this as its owner, or give this user the right to both.`;
    }
  }
  const folder = writableFolder(dataDir);
  return folder.ok ? null : dataFolderSentence(dataDir, folder.reason);
}
