import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench`: installs the yardsticks, which nothing else needs, then measures the store, the import, long lists, the desk, the
 * public page and rendering, each beside its yardstick, and how many names readers of PDFs find again. Arguments go to the bench of rendering, the long one.
 */
const folder = fileURLToPath(new URL('../tests/bench/', import.meta.url));
const measure = (file: string, words: readonly string[] = []) =>
  execFileSync(process.execPath, [`${folder}${file}`, ...words], { stdio: 'inherit' });

execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: folder, stdio: 'inherit' });
measure('store.ts');
measure('import.ts');
measure('list.ts', ['write']);
measure('desk.ts', ['write']);
measure('public.ts', ['write']);
measure('found.ts', ['write']);
measure('render.ts', process.argv.slice(2));
