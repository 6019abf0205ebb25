import { existsSync } from 'node:fs';
import { databaseFile, openStore } from '../../db/open.ts';
import { hasCoalition } from '../../db/queries/coalitions.ts';
import { ensureSetUpLink } from '../../lib/coalitions/set-up.ts';
import type { Config } from '../../lib/config.ts';
import { ensureKeysFile, keysFileSentence } from '../../lib/crypto/keys-file.ts';
import { openInstance } from '../../lib/instance.ts';
import { LaunchError } from './say.ts';

function prepareKeys(config: Config, stored: boolean): void {
  const keys = ensureKeysFile(config.keysFile, stored, new Date());
  if (!keys.ok) throw new LaunchError(keysFileSentence(config.keysFile, keys.reason));
}

async function prepareDatabase(config: Config): Promise<void> {
  const { migrateDatabase } = await import('../../db/migrate.ts');
  const migrated = await migrateDatabase(config).catch((error: Error) => {
    throw new LaunchError(`The database cannot be opened: ${error.message || (error as NodeJS.ErrnoException).code}`);
  });
  if (!migrated.ok) {
    throw new LaunchError('The database was written by a newer version of Undersigned and has been left as it is: start that version.');
  }
}

async function holdsRecords(config: Config): Promise<boolean> {
  const store = await openStore(config);
  try {
    return await hasCoalition(store.read);
  } finally {
    await store.close();
  }
}

/**
 * Keys and database, made at the first start, the database brought to this version's tables. One of a newer version is left as it
 * is, and no new keys are made where records may exist that only the lost ones open.
 * @throws LaunchError
 */
export async function prepareInstance(config: Config): Promise<void> {
  if (config.databaseUrl === null) {
    // Keys first: a start that is cut off between the two leaves keys without a database, never the reverse.
    prepareKeys(config, existsSync(databaseFile(config.dataDir)));
    await prepareDatabase(config);
    return;
  }
  // Another machine may have filled this server's database: only its rows tell.
  await prepareDatabase(config);
  prepareKeys(config, await holdsRecords(config));
}

/** The one-time link that founds the first coalition, or null where there is one. For this terminal alone. */
export async function setUpLink(config: Config): Promise<string | null> {
  const instance = await openInstance(config);
  try {
    return await ensureSetUpLink(instance, new Date());
  } finally {
    await instance.store.close();
  }
}
