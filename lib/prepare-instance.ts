import { existsSync } from 'node:fs';
import { databaseFile, openStore } from '../db/open.ts';
import { hasCoalition } from '../db/queries/coalitions.ts';
import { findKeyCheck, insertKeyCheck } from '../db/queries/instance.ts';
import type { Store } from '../db/store.ts';
import type { Config } from './config.ts';
import type { Keys } from './crypto/keys.ts';
import { ensureKeysFile, keysFileSentence } from './crypto/keys-file.ts';
import { seal, unseal } from './crypto/seal.ts';
import { databaseFileSentence } from './database-file.ts';
import { type Result, refusal, success } from './shared/result.ts';

export interface PreparedInstance {
  /** Migrations that were applied now. */
  readonly applied: number;
}

const CHECK_PLACE = { table: 'instance', id: 'instance', scope: 'instance' };

export const NEWER_DATABASE = 'The database was written by a newer version of Undersigned and has been left as it is: use that version.';
export const FOREIGN_KEYS_FILE = 'The keys file belongs to another database: put back the one that this database was made with.';

/** Whether these keys open what this database holds; `unknown` before the first start has stored the check. */
export async function keysFit(store: Pick<Store, 'read'>, keys: Keys): Promise<'yes' | 'no' | 'unknown'> {
  const check = await findKeyCheck(store.read);
  if (!check) return 'unknown';
  return unseal(keys, CHECK_PLACE, check).ok ? 'yes' : 'no';
}

/**
 * Keys and database, made at the first start, the database brought to this version's tables. One of a newer version is left as it
 * is, and no new keys are made where records may exist that only the lost ones open.
 * @returns the sentence to print where it can't be
 */
export async function prepareInstance(config: Config, now: Date): Promise<Result<PreparedInstance, string>> {
  const unusable = databaseFileSentence(config);
  if (unusable !== null) return refusal(unusable);
  // Keys first: a start that is cut off between the two leaves keys without a database, never the reverse. Of a database server only
  // its rows tell whether it is new: another machine may have filled it.
  const early = config.databaseUrl === null ? readyKeys(config, existsSync(databaseFile(config.dataDir)), now) : null;
  if (early && !early.ok) return early;
  const migrated = await migrate(config);
  if (!migrated.ok) return migrated;
  let store: Store;
  try {
    store = await openStore(config);
  } catch (error) {
    return refusal(databaseSentence(error));
  }
  try {
    const keys = early ?? readyKeys(config, (await findKeyCheck(store.read)) !== null || (await hasCoalition(store.read)), now);
    if (!keys.ok) return keys;
    switch (await keysFit(store, keys.value)) {
      case 'no':
        return refusal(FOREIGN_KEYS_FILE);
      case 'unknown':
        await store.inTransaction((tx) => insertKeyCheck(tx, seal(keys.value, CHECK_PLACE, 'undersigned'), now));
        return migrated;
      case 'yes':
        return migrated;
    }
  } finally {
    await store.close();
  }
}

function readyKeys(config: Config, expected: boolean, now: Date): Result<Keys, string> {
  const keys = ensureKeysFile(config.keysFile, expected, now);
  return keys.ok ? keys : refusal(keysFileSentence(config.keysFile, keys.reason));
}

async function migrate(config: Config): Promise<Result<PreparedInstance, string>> {
  const { migrateDatabase } = await import('../db/migrate.ts');
  try {
    const outcome = await migrateDatabase(config);
    return outcome.ok ? success({ applied: outcome.applied }) : refusal(NEWER_DATABASE);
  } catch (error) {
    return refusal(databaseSentence(error));
  }
}

/** Of a database that does not answer, or is none. */
export function databaseSentence(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return `The database cannot be opened: ${message || code || 'no reason was given'}`;
}
