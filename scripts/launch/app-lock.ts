import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LaunchError } from './say.ts';

/**
 * Holds the data folder for one app process until the process ends.
 * The embedded database has one writer by design; a second app would wait for the first on every write.
 * An exclusive SQLite lock and not a file with a process number: the system frees it however the holder dies, and a number
 * that another process has since been given (in a container, the very same one) cannot keep the app from starting.
 * @returns lets go of it
 * @throws LaunchError
 */
export function holdAppLock(dataDir: string): () => void {
  const file = join(dataDir, 'app.lock');
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file);
    lock.pragma('busy_timeout = 200');
    // A rollback journal that stays in memory: the lock then is one file with nothing to recover.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const { code = '' } = error as { code?: string };
    if (!code.startsWith('SQLITE_')) throw error;
    if (code !== 'SQLITE_BUSY') {
      throw new LaunchError(`The file ${file} cannot be locked (${code}): run this as its owner, or take the file away.`);
    }
    throw new LaunchError(`Another Undersigned already runs on ${dataDir}: stop it first, or set DATA_DIR to another folder.`);
  }
  const held = lock;
  return () => held.close();
}
