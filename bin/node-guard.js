// Plain JavaScript for any Node from 18 on: it says what is missing where TypeScript could not even be read.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** better-sqlite3 13 is built for Node-API 10 and ends an older Node with a segmentation fault and no word; types are stripped from 22.18 on. */
export const fits = (versions, features) => Number(versions.napi) >= 10 && Boolean(features.typescript);

/** Returns on a Node that fits. On another, goes on under the one npm installed beside us; where there is none, says so and ends. */
export function ensureNode() {
  if (fits(process.versions, process.features)) return;
  const own = `${root}node_modules/.bin/node`;
  if (existsSync(own) && realpathSync(own) !== realpathSync(process.execPath)) {
    const child = spawnSync(own, process.argv.slice(1), { stdio: 'inherit' });
    process.exit(child.status ?? 128 + (constants.signals[child.signal ?? 'SIGABRT'] ?? 6));
  }
  process.stderr.write(
    `Undersigned needs Node.js 24 and this is ${process.version}: run npm install in its folder, or install Node.js 24.\n`,
  );
  process.exit(1);
}
