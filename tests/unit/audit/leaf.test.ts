import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendToFrontier, rootOf } from '../../../lib/audit/frontier.ts';
import { commitTo, type LeafContent, leafHash } from '../../../lib/audit/leaf.ts';
import vectors from './vectors.json' with { type: 'json' };

describe('undersigned-leaf/1', () => {
  // The vectors come from `make-vectors.py`, which knows docs/audit-log.md and nothing of this code.
  it('gives the bytes of the vectors', () => {
    let frontier: Buffer = Buffer.alloc(0);
    expect(rootOf(frontier).toString('hex')).toBe(vectors.emptyRoot);
    for (const [at, { salt, record, entry, leaf, root }] of vectors.entries.entries()) {
      const commitment = commitTo(Buffer.from(salt, 'hex'), record);
      expect(commitment.toString('hex')).toBe(entry.commitment);
      const hash = leafHash({ ...entry, at: new Date(entry.at), commitment });
      expect(hash.toString('hex')).toBe(leaf);
      frontier = appendToFrontier(frontier, at, hash);
      expect(rootOf(frontier).toString('hex')).toBe(root);
    }
    expect(vectors.entries.length).toBeGreaterThanOrEqual(5);
  });

  it('tells apart entries that differ in one field, or in where one field ends', () => {
    const leaf: LeafContent = {
      scopeId: 'let_1',
      sequence: 1,
      type: 'signed',
      at: new Date(0),
      actorKind: 'system',
      actorId: null,
      fingerprint: null,
      commitment: Buffer.alloc(32),
    };
    const others: Partial<LeafContent>[] = [
      { scopeId: 'let_11', sequence: 1 },
      { scopeId: 'let_', sequence: 11 },
      { sequence: 2 },
      { type: 'signe', actorKind: 'dsystem' },
      { at: new Date(1) },
      { actorId: 'mem_1' },
      { fingerprint: 'mem_1' },
      { commitment: Buffer.alloc(32, 1) },
    ];
    const hashes = [leaf, ...others.map((other) => ({ ...leaf, ...other }))].map((each) => leafHash(each).toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('commits to a record whatever the order of its fields, and to no other', () => {
    const salt = Buffer.alloc(32, 1);
    expect(commitTo(salt, { a: 1, b: [true, null] })).toEqual(commitTo(salt, { b: [true, null], a: 1 }));
    expect(commitTo(salt, { a: 1 })).not.toEqual(commitTo(salt, { a: '1' }));
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (record, other) => {
        const value = record as Parameters<typeof commitTo>[1];
        // A record is read back from its sealed text before it is compared.
        expect(commitTo(other, JSON.parse(JSON.stringify(value)))).toEqual(commitTo(other, value));
      }),
    );
  });
});
