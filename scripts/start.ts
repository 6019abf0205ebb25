import { resolve } from 'node:path';
import { type Config, ConfigError, loadConfig } from '../lib/config.ts';
import { ensureBuilt } from './launch/app-build.ts';
import { holdAppLock } from './launch/app-lock.ts';
import { prepareDataFolder } from './launch/data-folder.ts';
import { prepareInstance, setUpLink } from './launch/instance-data.ts';
import { requireFreePort } from './launch/port.ts';
import { complain, LaunchError, say } from './launch/say.ts';
import { startServer } from './launch/server.ts';

async function launch(config: Config, mode: 'built' | 'development'): Promise<number> {
  prepareDataFolder(config.dataDir);
  const release = config.databaseUrl === null ? holdAppLock(config.dataDir) : () => {};
  try {
    await requireFreePort(config.port, config.bindAddress);
    if (mode === 'built') await ensureBuilt(config.root);
    await prepareInstance(config);
    const link = await setUpLink(config);
    const server = await startServer(config, mode);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.stop('SIGTERM'));
    const first = link === null ? '' : `\nNobody has set it up yet. This link opens once, until the next start: ${link}`;
    say(`Undersigned is ready: ${config.origin}${first}`);
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
