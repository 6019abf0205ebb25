import { ensureSetUpLink } from '../../lib/coalitions/set-up.ts';
import type { Config } from '../../lib/config.ts';
import { openInstance } from '../../lib/instance.ts';
import { prepareInstance as prepare } from '../../lib/prepare-instance.ts';
import { LaunchError } from './say.ts';

/**
 * Keys and database, made at the first start, the database brought to this version's tables.
 * @throws LaunchError
 */
export async function prepareInstance(config: Config): Promise<void> {
  const prepared = await prepare(config, new Date());
  if (!prepared.ok) throw new LaunchError(prepared.reason);
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
