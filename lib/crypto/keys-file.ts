import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Result, refusal, success } from '../shared/result.ts';
import { makeFolder } from '../shared/writable-folder.ts';
import { type KeyRing, type Keys, keysFrom, newKeyRing, parseKeyRing } from './keys.ts';

export type KeysFileFault = 'missing' | 'unreadable' | 'a-folder' | 'open-to-others' | 'malformed' | 'unwritable';

const OTHERS = 0o077;
/** No such file, none below a file, none of a name so long. */
const NOTHING_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);
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
    const { code = '' } = error as NodeJS.ErrnoException;
    return refusal(NOTHING_THERE.has(code) ? 'missing' : 'unreadable');
  }
  try {
    const found = fstatSync(handle);
    if (found.isDirectory()) return refusal('a-folder');
    const { mode, size } = found;
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
 * @returns `exists` where there is one already, whoever made it; `unwritable` where the file system refuses: no right, read-only, full
 */
export function createKeysFile(file: string, ring: KeyRing): Result<Keys, 'exists' | 'unwritable'> {
  try {
    makeFolder(dirname(file));
    if (!linkNew(file, `${JSON.stringify(ring, null, 2)}\n`)) return refusal('exists');
    const folder = openSync(dirname(file), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    // Only what the system refused: anything else is a bug.
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return refusal('unwritable');
  }
  return success(keysFrom(ring));
}

/** False where the name is taken. */
function linkNew(file: string, text: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * The keys at `file`, made now if there are none.
 * @param expected true where records sealed with them may exist: then a missing file is refused, since new keys could not open them
 */
export function ensureKeysFile(file: string, expected: boolean, now: Date): Result<Keys, KeysFileFault> {
  const read = readKeysFile(file);
  if (read.ok || read.reason !== 'missing' || expected) return read;
  const created = createKeysFile(file, newKeyRing(now, randomBytes));
  if (created.ok) return created;
  return created.reason === 'exists' ? readKeysFile(file) : refusal('unwritable');
}

/** The sentence to print when the keys cannot be had. */
export function keysFileSentence(file: string, fault: KeysFileFault): string {
  switch (fault) {
    case 'missing':
      return `The keys file ${file} is missing although there is a database: put it back, since no other keys can open what is stored.`;
    case 'unreadable':
      return `The keys file ${file} cannot be read: give this user the right to read it, or set KEYS_FILE.`;
    case 'a-folder':
      return `The keys file ${file} is a folder: name a file in it with KEYS_FILE.`;
    case 'open-to-others':
      return `The keys file ${file} is open to other users: run chmod 600 on it, and think about who may have read it.`;
    case 'malformed':
      return `The keys file ${file} is damaged: put back a good copy, since no other keys can open what is stored.`;
    case 'unwritable':
      return `The keys file ${file} cannot be made: give this user the right to write in its folder, make room on a full disk, or set KEYS_FILE.`;
  }
}
