import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Result, refusal, success } from '../shared/result.ts';
import { type KeyRing, type Keys, keysFrom, newKeyRing, parseKeyRing } from './keys.ts';

export type KeysFileFault = 'missing' | 'unreadable' | 'open-to-others' | 'malformed';

const OTHERS = 0o077;
const LARGEST_BYTES = 1_000_000;

/**
 * Reads the keys file.
 * @returns the keys; `open-to-others` where anybody but the owner may read or write it; `malformed` where it is cut off or changed
 */
export function readKeysFile(file: string): Result<Keys, KeysFileFault> {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    return refusal((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable');
  }
  try {
    const { mode, size } = fstatSync(handle);
    // Windows reports no such bits: there the folder's own protection counts.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) return refusal('open-to-others');
    if (size > LARGEST_BYTES) return refusal('malformed');
    const ring = parseKeyRing(readFileSync(handle, 'utf8'));
    return ring.ok ? success(keysFrom(ring.value)) : ring;
  } catch {
    return refusal('unreadable');
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes a new keys file, on disk when it returns, readable by its owner alone.
 * Never replaces one: linking fails where the name is taken, and a half-written file never bears the name.
 * @returns `exists` where there is one already, whoever made it
 */
export function createKeysFile(file: string, ring: KeyRing): Result<Keys, 'exists'> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeFileSync(draft, `${JSON.stringify(ring, null, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return refusal('exists');
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  return success(keysFrom(ring));
}

/**
 * The keys at `file`, made now if there are none.
 * @param expected true where records sealed with them may exist: then a missing file is refused, since new keys could not open them
 */
export function ensureKeysFile(file: string, expected: boolean, now: Date): Result<Keys, KeysFileFault> {
  const read = readKeysFile(file);
  if (read.ok || read.reason !== 'missing' || expected) return read;
  const created = createKeysFile(file, newKeyRing(now, randomBytes));
  return created.ok ? created : readKeysFile(file);
}

/** The sentence to print when the keys cannot be had. */
export function keysFileSentence(file: string, fault: KeysFileFault): string {
  switch (fault) {
    case 'missing':
      return `The keys file ${file} is missing although there is a database: put it back, since no other keys can open what is stored.`;
    case 'unreadable':
      return `The keys file ${file} cannot be read: give this user the right to read it, or set KEYS_FILE.`;
    case 'open-to-others':
      return `The keys file ${file} is open to other users: run chmod 600 on it, and think about who may have read it.`;
    case 'malformed':
      return `The keys file ${file} is damaged: put back a good copy, since no other keys can open what is stored.`;
  }
}
