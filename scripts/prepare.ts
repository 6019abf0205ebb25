import { resolve } from 'node:path';
import { ConfigError, loadConfig } from '../lib/config.ts';
import { prepareDataFolder } from './launch/data-folder.ts';
import { prepareInstance } from './launch/instance-data.ts';
import { complain, LaunchError } from './launch/say.ts';

// Keys and database without a server: what a machine does once before it runs a built copy of the app.
process.env['UNDERSIGNED_ROOT'] ??= resolve(import.meta.dirname, '..');
try {
  const config = loadConfig();
  prepareDataFolder(config.dataDir);
  await prepareInstance(config);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof LaunchError)) throw error;
  complain(error.message);
  process.exitCode = 1;
}
