import { randomBytes } from 'node:crypto';
import { openStore } from '../db/open.ts';
import type { Store } from '../db/store.ts';
import type { Config } from './config.ts';
import type { Keys } from './crypto/keys.ts';
import { keysFileSentence, readKeysFile } from './crypto/keys-file.ts';
import { databaseFileSentence } from './database-file.ts';
import type { Random } from './shared/ids.ts';
import { pooledRandom } from './shared/pooled-random.ts';

/** What every command needs of the instance it runs on. Time is not part of it: commands take `now`. */
export interface Instance {
  readonly config: Config;
  readonly store: Store;
  readonly keys: Keys;
  readonly random: Random;
}

/** An instance that cannot be opened; its message is the sentence to print. */
export class InstanceError extends Error {
  override readonly name = 'InstanceError';
}

/**
 * Opens the database and the keys of a migrated instance.
 * @throws InstanceError where the keys can't be had, or the database file can't be written
 */
export async function openInstance(config: Config): Promise<Instance> {
  const keys = readKeysFile(config.keysFile);
  if (!keys.ok) throw new InstanceError(keysFileSentence(config.keysFile, keys.reason));
  const unusable = databaseFileSentence(config);
  if (unusable !== null) throw new InstanceError(unusable);
  return { config, store: await openStore(config), keys: keys.value, random: pooledRandom(randomBytes) };
}

const shared = Symbol.for('undersigned.instance');

/**
 * The process's one instance. A built server instantiates this module several times (pages, route handlers, instrumentation), so it
 * hangs on globalThis: two SQLite writers in one process would block the event loop on each other's lock.
 */
export function sharedInstance(config: Config): Promise<Instance> {
  const holder = globalThis as { [shared]?: Promise<Instance> };
  holder[shared] ??= openInstance(config);
  return holder[shared];
}
