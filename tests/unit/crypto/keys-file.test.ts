import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newKeyRing } from '../../../lib/crypto/keys.ts';
import { createKeysFile, ensureKeysFile, readKeysFile } from '../../../lib/crypto/keys-file.ts';

const NOW = new Date('2026-03-01T10:00:00Z');
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'undersigned-keys-'));
  file = join(folder, 'inner', 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('keys file', () => {
  it('is made once, for its owner alone, and read again to the same keys', () => {
    const made = ensureKeysFile(file, false, NOW);
    const text = readFileSync(file, 'utf8');
    const again = ensureKeysFile(file, true, NOW);
    if (!made.ok || !again.ok) throw new Error('no keys');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(again.value.subKey('field', 1)?.export()).toEqual(made.value.subKey('field', 1)?.export());
    expect(readdirSync(join(folder, 'inner'))).toEqual(['keys.json']);
  });

  it('is never replaced', () => {
    expect(createKeysFile(file, newKeyRing(NOW, randomBytes)).ok).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(createKeysFile(file, newKeyRing(NOW, randomBytes))).toEqual({ ok: false, reason: 'exists' });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(join(folder, 'inner'))).toEqual(['keys.json']);
  });

  it('is not made anew where records may exist', () => {
    expect(ensureKeysFile(file, true, NOW)).toEqual({ ok: false, reason: 'missing' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused, not thrown about, where it cannot be made', () => {
    // Its draft's name is too long for a file: root is refused that too, where a mode would not stop it.
    expect(ensureKeysFile(join(folder, 'k'.repeat(250)), false, NOW)).toEqual({ ok: false, reason: 'unwritable' });
    writeFileSync(join(folder, 'file'), '');
    expect(ensureKeysFile(join(folder, 'file', 'keys.json'), false, NOW)).toEqual({ ok: false, reason: 'unwritable' });
    expect(ensureKeysFile(join(folder, 'file', 'inner', 'keys.json'), false, NOW)).toEqual({ ok: false, reason: 'unwritable' });
    expect(ensureKeysFile(folder, false, NOW)).toEqual({ ok: false, reason: 'a-folder' });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.each([0o644, 0o640, 0o604, 0o602])('is refused with mode %o', (mode) => {
    ensureKeysFile(file, false, NOW);
    chmodSync(file, mode);
    expect(readKeysFile(file)).toEqual({ ok: false, reason: 'open-to-others' });
  });

  it('is refused when cut off', () => {
    ensureKeysFile(file, false, NOW);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 60));
    expect(ensureKeysFile(file, false, NOW)).toEqual({ ok: false, reason: 'malformed' });
  });

  it('is refused when it is a folder', () => {
    chmodSync(folder, 0o700);
    expect(readKeysFile(folder)).toEqual({ ok: false, reason: 'a-folder' });
  });
});
