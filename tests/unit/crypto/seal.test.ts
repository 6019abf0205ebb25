import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysFrom, newKeyRing } from '../../../lib/crypto/keys.ts';
import { type SealPlace, seal, unseal } from '../../../lib/crypto/seal.ts';
import { testKeys } from '../../support/keys.ts';

const keys = testKeys();
const place: SealPlace = { table: 'signing', id: 'sgn_1', scope: 'let_1' };

describe('sealed records', () => {
  it('opens to the value that was sealed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(unseal(keys, place, seal(keys, place, value))).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });

  it('opens from a view into a larger buffer, as database drivers give it', () => {
    const sealed = seal(keys, place, { name: 'Ada' });
    const larger = new Uint8Array(sealed.length + 11);
    larger.set(sealed, 7);
    expect(unseal(keys, place, larger.subarray(7, 7 + sealed.length))).toEqual({ ok: true, value: { name: 'Ada' } });
  });

  it('never gives the same bytes twice and shows none of the text', () => {
    const sealed = Array.from({ length: 1000 }, () => seal(keys, place, 'Ada Sample'));
    expect(new Set(sealed.map((bytes) => bytes.subarray(3, 15).toString('hex'))).size).toBe(1000);
    expect(sealed.some((bytes) => bytes.includes('Sample'))).toBe(false);
  });

  it.each<[string, SealPlace]>([
    ['row', { ...place, id: 'sgn_2' }],
    ['table', { ...place, table: 'contact' }],
    ['column', { ...place, column: 'other' }],
    ['tenant', { ...place, scope: 'let_2' }],
    ['split of the same letters', { table: 'signings', id: 'gn_1', scope: 'let_1' }],
  ])('does not open for another %s', (_, other) => {
    expect(unseal(keys, other, seal(keys, place, 1))).toEqual({ ok: false, reason: 'tampered' });
  });

  it('does not open with one bit changed, or cut off', () => {
    const sealed = seal(keys, place, { name: 'Ada', city: 'Oslo' });
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sealed);
        changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
        expect(unseal(keys, place, changed).ok).toBe(false);
      }),
    );
    for (let length = 0; length < sealed.length; length++) expect(unseal(keys, place, sealed.subarray(0, length)).ok).toBe(false);
  });

  it('does not open with other keys, and opens with old ones after a new version took over', () => {
    const sealed = seal(keys, place, 'x');
    expect(unseal(testKeys('other'), place, sealed)).toEqual({ ok: false, reason: 'tampered' });
    const old = newKeyRing(new Date(0), (bytes) => Buffer.alloc(bytes, 1));
    const next = { version: 2, createdAt: new Date(0).toISOString(), secret: Buffer.alloc(32, 2).toString('base64url') };
    const rotated = keysFrom({ ...old, sealing: 2, masters: [...old.masters, next] });
    expect(unseal(rotated, place, seal(keysFrom(old), place, 'old'))).toEqual({ ok: true, value: 'old' });
    expect(unseal(keysFrom(old), place, seal(rotated, place, 'new'))).toEqual({ ok: false, reason: 'unknown-key' });
  });

  it('refuses what is no JSON value', () => {
    expect(() => seal(keys, place, undefined)).toThrow(TypeError);
  });
});
