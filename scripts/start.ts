import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { databaseFile } from '../db/open.ts';
import { type Config, ConfigError, loadConfig } from '../lib/config.ts';
import { ensureKeysFile, keysFileSentence } from '../lib/crypto/keys-file.ts';
import { ensureBuilt } from './launch/app-build.ts';
import { holdAppLock } from './launch/app-lock.ts';
import { prepareDataFolder } from './launch/data-folder.ts';
import { requireFreePort } from './launch/port.ts';
import { complain, LaunchError, say } from './launch/say.ts';
import { startServer } from './launch/server.ts';

/** Keys come before the database: a database is never made that the keys beside it cannot open. */
function prepareKeys(config: Config): void {
  const stored = config.databaseUrl === null && existsSync(databaseFile(config.dataDir));
  const keys = ensureKeysFile(config.keysFile, stored, new Date());
  if (!keys.ok) throw new LaunchError(keysFileSentence(config.keysFile, keys.reason));
}

async function prepareDatabase(config: Config): Promise<void> {
  const { migrateDatabase } = await import('../db/migrate.ts');
  const migrated = await migrateDatabase(config).catch((error: Error) => {
    throw new LaunchError(`The database cannot be opened: ${error.message}`);
  });
  if (!migrated.ok) {
    throw new LaunchError('The database was written by a newer version of Undersigned and has been left as it is: start that version.');
  }
}

async function launch(config: Config, mode: 'built' | 'development'): Promise<number> {
  prepareDataFolder(config.dataDir);
  const release = config.databaseUrl === null ? holdAppLock(config.dataDir) : () => {};
  try {
    await requireFreePort(config.port, config.bindAddress);
    prepareKeys(config);
    if (mode === 'built') await ensureBuilt(config.root);
    await prepareDatabase(config);
    const server = await startServer(config, mode);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.stop('SIGTERM'));
    say(`Undersigned is ready: ${config.origin}`);
    return await server.ended;
  } finally {
    release();
  }
}

process.env['UNDERSIGNED_ROOT'] ??= resolve(import.meta.dirname, '..');
try {
  const config = loadConfig();
  process.exitCode = await launch(config, process.argv.includes('--dev') ? 'development' : 'built');
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof LaunchError)) throw error;
  complain(error.message);
  process.exitCode = 1;
}
