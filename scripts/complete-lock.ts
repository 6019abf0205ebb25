import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './check/project-files.ts';
import { say } from './launch/say.ts';

// Some registries do not serve every platform's optional packages (other systems' compiler binaries, say). `npm install` then leaves
// them out of the lock file, and `npm ci` refuses that file. This writes the entry that is missing: version, system and processor,
// optional. Nobody installs it on this system, and where it is needed npm asks its own registry.

interface Entry {
  version?: string;
  resolved?: string;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  dev?: true;
  optional?: true;
  optionalDependencies?: Record<string, string>;
  [more: string]: unknown;
}

type First = readonly (readonly [RegExp, readonly string[] | null])[];

const SYSTEMS: First = [
  [/darwin|macos/, ['darwin']],
  [/win32|windows/, ['win32']],
  [/freebsd/, ['freebsd']],
  [/android/, ['android']],
  [/openharmony/, ['openharmony']],
  [/netbsd/, ['netbsd']],
  [/openbsd/, ['openbsd']],
  [/sunos/, ['sunos']],
  [/aix/, ['aix']],
  [/wasm32|wasi/, null],
  [/./, ['linux']],
];
const PROCESSORS: First = [
  [/arm64|aarch64/, ['arm64']],
  [/x64|x86_64/, ['x64']],
  [/ia32/, ['ia32']],
  [/wasm32/, ['wasm32']],
  [/arm/, ['arm']],
  [/riscv64/, ['riscv64']],
  [/ppc64/, ['ppc64']],
  [/s390x/, ['s390x']],
  [/loong64/, ['loong64']],
  [/mips64el/, ['mips64el']],
  [/./, ['x64']],
];

const C_LIBRARIES: First = [
  [/musl/, ['musl']],
  [/gnu/, ['glibc']],
  [/./, null],
];

const firstOf = (name: string, table: First) => table.find(([pattern]) => pattern.test(name))?.[1] ?? null;

const limit = (key: 'cpu' | 'os' | 'libc', values: readonly string[] | null) => (values ? { [key]: [...values] } : {});

/** True where `from` would find `name`: in its own node_modules, or in one above. */
function isLocked(packages: Record<string, Entry>, from: string, name: string): boolean {
  for (let folder = from; ; ) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
    folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : '';
  }
}

function completed(packages: Record<string, Entry>): { packages: Record<string, Entry>; added: string[] } {
  const result = { ...packages };
  const added: string[] = [];
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(result, from, name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
      // In npm's own order of keys: an install then has nothing to change in the file.
      result[`node_modules/${name}`] = {
        version,
        ...limit('cpu', firstOf(name, PROCESSORS)),
        ...(entry.dev ? { dev: true as const } : {}),
        ...limit('libc', firstOf(name, C_LIBRARIES)),
        optional: true,
        ...limit('os', firstOf(name, SYSTEMS)),
      };
      added.push(`${name}@${version}`);
    }
  }
  // Which registry a package came from is each machine's own affair; the hash says which package it is.
  for (const entry of Object.values(result)) delete entry.resolved;
  return { packages: Object.fromEntries(Object.entries(result).sort(([one], [two]) => (one < two ? -1 : 1))), added };
}

const file = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
const { packages, added } = completed(lock.packages);
writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
say(`${added.length} entries added${added.length > 0 ? `: ${added.join(', ')}` : ''}`);
