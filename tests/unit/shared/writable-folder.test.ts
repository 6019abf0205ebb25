import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder, writableFolder } from '../../../lib/shared/writable-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'undersigned-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'file');
writeFileSync(file, '');

describe('a folder to write in', () => {
  it('is made with all that are missing above it, for its owner alone, and left as it is once it is there', () => {
    const inner = join(folder, 'a', 'b', 'c');
    expect(writableFolder(inner)).toEqual({ ok: true, value: folder });
    makeFolder(inner);
    makeFolder(inner);
    expect([statSync(inner).mode & 0o777, statSync(join(folder, 'a')).mode & 0o777]).toEqual([0o700, 0o700]);
    expect(writableFolder(inner)).toEqual({ ok: true, value: inner });
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    makeFolder(join(folder, 'link', 'd'));
    expect(statSync(join(folder, 'a', 'd')).isDirectory()).toBe(true);
  });

  it('is no file, and lies in none', () => {
    for (const place of [file, join(file, 'inner'), join(file, 'inner', 'more')]) {
      expect(writableFolder(place)).toEqual({ ok: false, reason: { reason: 'a-file', path: file } });
      expect(() => makeFolder(place)).toThrow(/EEXIST|ENOTDIR/);
    }
  });

  it('has a name that the system takes', () => {
    const long = join(folder, 'n'.repeat(300));
    expect(writableFolder(long)).toEqual({ ok: false, reason: { reason: 'unwritable', path: long } });
    expect(() => makeFolder(long)).toThrow('ENAMETOOLONG');
  });
});
