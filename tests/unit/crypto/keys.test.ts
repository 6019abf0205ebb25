import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type KeyPurpose, keysFrom, newKeyRing, parseKeyRing } from '../../../lib/crypto/keys.ts';

const NOW = new Date('2026-03-01T10:00:00Z');
const PURPOSES: readonly KeyPurpose[] = ['field', 'index', 'token', 'form', 'rate'];

describe('key ring', () => {
  it('survives being written and read', () => {
    const ring = newKeyRing(NOW, randomBytes);
    expect(parseKeyRing(JSON.stringify(ring))).toEqual({ ok: true, value: ring });
  });

  it('derives another key for every purpose and version', () => {
    const ring = newKeyRing(NOW, randomBytes);
    const second = { version: 2, createdAt: NOW.toISOString(), secret: randomBytes(32).toString('base64url') };
    const keys = keysFrom({ ...ring, masters: [...ring.masters, second] });
    const exported = PURPOSES.flatMap((purpose) => [1, 2].map((version) => keys.subKey(purpose, version)?.export().toString('hex')));
    expect(new Set(exported).size).toBe(10);
    expect(exported.every((hex) => hex?.length === 64)).toBe(true);
    expect(keys.subKey('field', 3)).toBeUndefined();
  });

  it('gives the derivation that stored records rely on', () => {
    const keys = keysFrom(newKeyRing(NOW, (bytes) => Buffer.alloc(bytes, 7)));
    expect(keys.subKey('field', 1)?.export().toString('hex')).toMatchInlineSnapshot(
      `"b449c71f85e31691570b686232f43395d711e6314a774542fd9bf217c89dfbbe"`,
    );
  });

  it.each([
    ['not JSON', '{'],
    ['another format', JSON.stringify({ ...newKeyRing(NOW, randomBytes), format: 'undersigned-keys/2' })],
    ['a short secret', JSON.stringify(newKeyRing(NOW, () => randomBytes(16)))],
    ['no key of the sealing version', JSON.stringify({ ...newKeyRing(NOW, randomBytes), sealing: 2 })],
    ['an unknown member', JSON.stringify({ ...newKeyRing(NOW, randomBytes), note: 'x' })],
    [
      'two keys of one version',
      JSON.stringify({
        ...newKeyRing(NOW, randomBytes),
        masters: [...newKeyRing(NOW, randomBytes).masters, ...newKeyRing(NOW, randomBytes).masters],
      }),
    ],
  ])('refuses %s', (_, text) => {
    expect(parseKeyRing(text)).toEqual({ ok: false, reason: 'malformed' });
  });
});
