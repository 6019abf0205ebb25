import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `npm run bench`: installs the yardsticks, which nothing else needs, then measures. Arguments go to the bench. */
const folder = fileURLToPath(new URL('../tests/bench/', import.meta.url));
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder, stdio: 'inherit' });
execFileSync(process.execPath, [`${folder}render.ts`, ...process.argv.slice(2)], { stdio: 'inherit' });
