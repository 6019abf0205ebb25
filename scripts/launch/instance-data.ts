import { existsSync } from 'node:fs';
import { databaseFile } from '../../db/open.ts';
import type { Config } from '../../lib/config.ts';
import { ensureKeysFile, keysFileSentence } from '../../lib/crypto/keys-file.ts';
import { LaunchError } from './say.ts';

/**
 * The keys, made at the first start. They come before the database: none is ever made that the keys beside it cannot open.
 * @throws LaunchError
 */
export function prepareKeys(config: Config): void {
  const stored = config.databaseUrl === null && existsSync(databaseFile(config.dataDir));
  const keys = ensureKeysFile(config.keysFile, stored, new Date());
  if (!keys.ok) throw new LaunchError(keysFileSentence(config.keysFile, keys.reason));
}

/**
 * The database, made or brought to this version's tables; one of a newer version is left as it is.
 * @throws LaunchError
 */
export async function prepareDatabase(config: Config): Promise<void> {
  const { migrateDatabase } = await import('../../db/migrate.ts');
  const migrated = await migrateDatabase(config).catch((error: Error) => {
    throw new LaunchError(`The database cannot be opened: ${error.message}`);
  });
  if (!migrated.ok) {
    throw new LaunchError('The database was written by a newer version of Undersigned and has been left as it is: start that version.');
  }
}
