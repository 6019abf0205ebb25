import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError, say } from './say.ts';

/** Whatever the built app is made from. A content hash and not times: a fresh checkout gives every file the time of the checkout. */
const SOURCES = ['app', 'lib', 'db', 'public', 'proxy.ts', 'instrumentation.ts', 'next.config.ts', 'tsconfig.json', 'package.json'];

/** What a built app consists of; nothing else stays in its folder. */
const SERVED: ReadonlySet<string> = new Set(['.next', 'db', 'lib', 'node_modules', 'package.json', 'public', 'server.js']);

const serverFile = (root: string) => join(root, '.next/standalone/server.js');
const stampFile = (root: string) => join(root, '.next/undersigned-build');

function* filesUnder(path: string): Generator<string> {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((one, two) => (one.name < two.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(inner);
    else yield inner;
  }
}

/** What the sources are now: equal texts, equal stamp. */
export function sourceStamp(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = /\.\w+$/.test(source) ? [path] : filesUnder(path);
    for (const file of files)
      hash
        .update(file.slice(root.length))
        .update('\0')
        .update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

/** True where the built app was made from these very sources. */
export function isBuilt(root: string, stamp: string): boolean {
  return existsSync(serverFile(root)) && existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === stamp;
}

/**
 * Next copies whatever a path computed at run time might mean: settings with passwords, and a data folder with keys and database.
 * None of it may lie in a build that is handed on.
 */
function prune(folder: string): void {
  for (const name of readdirSync(folder)) if (!SERVED.has(name)) rmSync(join(folder, name), { recursive: true });
}

/**
 * Builds the app into `.next/standalone`, with everything it serves beside it.
 * @throws LaunchError with the build's own words where it fails
 */
export async function buildApp(root: string): Promise<void> {
  const stamp = sourceStamp(root);
  rmSync(stampFile(root), { force: true });
  const words: Buffer[] = [];
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', UNDERSIGNED_ROOT: root },
  });
  child.stdout.on('data', (chunk: Buffer) => words.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new LaunchError(`${Buffer.concat(words).toString('utf8').trim()}\nThe app could not be built.`);
  prune(join(root, '.next/standalone'));
  cpSync(join(root, '.next/static'), join(root, '.next/standalone/.next/static'), { recursive: true });
  if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(root, '.next/standalone/public'), { recursive: true });
  writeFileSync(stampFile(root), stamp);
}

/** Builds only where the sources changed since the last build. */
export async function ensureBuilt(root: string): Promise<void> {
  if (isBuilt(root, sourceStamp(root))) return;
  const began = Date.now();
  say('Building the app; this takes about a minute and is needed once after each change of its files …');
  await buildApp(root);
  say(`Built in ${Math.round((Date.now() - began) / 1000)} s.`);
}
