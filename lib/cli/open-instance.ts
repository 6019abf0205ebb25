import { databaseFileSentence } from '../database-file.ts';
import { type Instance, InstanceError, openInstance } from '../instance.ts';
import { databaseSentence, FOREIGN_KEYS_FILE, keysFit, NEWER_DATABASE, prepareInstance } from '../prepare-instance.ts';
import type { ExitCode, Terminal } from './command.ts';
import { fail as failWith } from './fail.ts';
import { readableConfig } from './readable-config.ts';

const BEHIND = 'The database is of an earlier version: run "undersigned migrate" first, with the server stopped.';

/**
 * Runs a command on the instance that the environment names, and closes it. Where there is none yet it is made, as the first start
 * would; an old database is left for `migrate`, since a running server may be at work on it. Where it cannot be opened that is said,
 * with the reason `instance`.
 */
export async function withInstance(
  terminal: Terminal,
  json: boolean,
  now: () => Date,
  work: (instance: Instance) => Promise<ExitCode>,
): Promise<ExitCode> {
  const config = readableConfig(terminal, json);
  if (!config) return 1;
  const fail = (sentence: string): ExitCode => failWith(terminal, json, 'instance', sentence);
  const unusable = databaseFileSentence(config);
  if (unusable !== null) return fail(unusable);
  const { migrationState } = await import('../../db/migrate.ts');
  const state = await migrationState(config).catch(databaseSentence);
  if (state === 'newer') return fail(NEWER_DATABASE);
  if (state === 'behind') return fail(BEHIND);
  if (state === 'none') {
    const prepared = await prepareInstance(config, now());
    if (!prepared.ok) return fail(prepared.reason);
  } else if (state !== 'current') return fail(state);
  let instance: Instance;
  try {
    instance = await openInstance(config);
  } catch (error) {
    return fail(error instanceof InstanceError ? error.message : databaseSentence(error));
  }
  try {
    if ((await keysFit(instance.store, instance.keys)) === 'no') return fail(FOREIGN_KEYS_FILE);
    return await work(instance);
  } finally {
    await instance.store.close();
  }
}
