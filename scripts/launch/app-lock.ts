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
  const lock = new Database(join(dataDir, 'app.lock'));
  try {
    lock.pragma('busy_timeout = 200');
    // A rollback journal that stays in memory: the lock then is one file with nothing to recover.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new LaunchError(`Another Undersigned already runs on ${dataDir}: stop it first, or set DATA_DIR to another folder.`);
  }
  return () => lock.close();
}
