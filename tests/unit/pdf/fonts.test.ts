import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../../lib/pdf/fonts/manifest.json' with { type: 'json' };

const folder = new URL('../../../lib/pdf/fonts/', import.meta.url);
const sha256 = (file: string): string =>
  createHash('sha256')
    .update(readFileSync(new URL(file, folder)))
    .digest('hex');

describe('the committed fonts', () => {
  const listed = manifest.packages.flatMap((pack) => [pack.licence, ...pack.files]);

  it('are those of the manifest, byte for byte', () => {
    for (const { file, sha256: expected } of listed) expect(sha256(file), file).toBe(expected);
  });

  it('are all listed, each package with its licence', () => {
    const files = readdirSync(folder).filter((file) => file !== 'manifest.json');
    expect(files.toSorted()).toEqual(listed.map(({ file }) => file).toSorted());
    for (const { licence } of manifest.packages)
      expect(readFileSync(new URL(licence.file, folder), 'utf8')).toMatch(/SIL OPEN FONT LICENSE,?\s+Version 1\.1/i);
  });
});
