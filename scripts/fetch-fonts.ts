import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import manifestFile from '../lib/pdf/fonts/manifest.json' with { type: 'json' };

/**
 * `npm run fonts`: takes the committed fonts of lib/pdf/fonts out of their pinned packages again: of npm, and of Debian for the scripts
 * npm has none of. Only the files the manifest names are kept; a file whose hash differs stops the run before anything is written. Where
 * Debian's package cannot be had (another system, another release), its committed files are compared with their hashes instead.
 */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const manifestSchema = z.object({
  packages: z.array(
    z.object({
      from: z.enum(['npm', 'debian']),
      package: z.string(),
      version: z.string(),
      licence: z.object({ path: z.string(), file: z.string(), sha256 }),
      files: z.array(z.object({ path: z.string(), file: z.string(), bytes: z.number().int(), sha256 })),
    }),
  ),
});

const folder = fileURLToPath(new URL('../lib/pdf/fonts/', import.meta.url));
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The folder of a package's files. */
function unpackNpm(name: string, version: string, into: string): string {
  const target = join(into, name.replaceAll('/', '-'));
  mkdirSync(target);
  // --ignore-scripts: these packages hold data; nothing of theirs is run.
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', target, `${name}@${version}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const archive = join(target, `${name.replace('@', '').replaceAll('/', '-')}-${version}.tgz`);
  execFileSync('tar', ['-xzf', archive, '-C', target]);
  return join(target, 'package');
}

/** Null where this machine does not get it. */
function unpackDebian(name: string, version: string, into: string): string | null {
  const target = join(into, name);
  mkdirSync(target);
  try {
    execFileSync('apt-get', ['download', '--quiet', `${name}=${version}`], { cwd: target, stdio: 'ignore' });
    const [archive] = readdirSync(target).filter((file) => file.endsWith('.deb'));
    if (archive === undefined) return null;
    execFileSync('dpkg-deb', ['--extract', archive, 'files'], { cwd: target, stdio: 'ignore' });
    return join(target, 'files');
  } catch {
    return null;
  }
}

function readChecked(path: string, expected: string): Buffer {
  const bytes = readFileSync(path);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) throw new Error(`${path}: expected sha256 ${expected}, found ${found}`);
  return bytes;
}

const manifest = manifestSchema.parse(manifestFile);
const temporary = mkdtempSync(join(tmpdir(), 'fonts-'));
try {
  const found = manifest.packages.flatMap((pack) => {
    const root = (pack.from === 'npm' ? unpackNpm : unpackDebian)(pack.package, pack.version, temporary);
    say(`${pack.package} ${pack.version}${root === null ? ': not to be had here; its committed files are compared' : ''}`);
    return [pack.licence, ...pack.files].map((entry) => ({
      file: entry.file,
      bytes: readChecked(root === null ? join(folder, entry.file) : join(root, entry.path), entry.sha256),
    }));
  });
  for (const { file, bytes } of found) writeFileSync(join(folder, file), bytes);
  const total = found.reduce((sum, { file }) => sum + statSync(join(folder, file)).size, 0);
  say(`${found.length} files, ${(total / 1e6).toFixed(1)} MB`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
