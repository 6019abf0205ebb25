import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendToFrontier, rootOf } from '../../../lib/audit/frontier.ts';
import { runs } from '../../support/property.ts';

const sha256 = (...pieces: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(pieces)).digest();

/** RFC 9162 §2.1.1 word for word: split at the largest power of two smaller than the number of leaves. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0] as Buffer;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

const leavesOf = (size: number): Buffer[] => Array.from({ length: size }, (_, at) => sha256(Buffer.from(`leaf ${at}`)));
const frontierOf = (leaves: readonly Buffer[]) =>
  leaves.reduce<Buffer>((frontier, leaf, at) => appendToFrontier(frontier, at, leaf), Buffer.alloc(0));

describe('the Merkle frontier', () => {
  it('has the root of the whole tree at every size from 0 to 130', () => {
    const leaves = leavesOf(130);
    let frontier: Buffer = Buffer.alloc(0);
    expect(rootOf(frontier)).toEqual(treeHash([]));
    for (const [at, leaf] of leaves.entries()) {
      frontier = appendToFrontier(frontier, at, leaf);
      expect(rootOf(frontier), `size ${at + 1}`).toEqual(treeHash(leaves.slice(0, at + 1)));
      expect(frontier.length, `size ${at + 1}`).toBe(32 * (at + 1).toString(2).replaceAll('0', '').length);
    }
  });

  it('has it at any size', () => {
    const leaves = leavesOf(3000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (size) => {
        const some = leaves.slice(0, size);
        expect(rootOf(frontierOf(some))).toEqual(treeHash(some));
      }),
      { numRuns: runs(25) },
    );
  });

  it('tells a changed, swapped or left out leaf', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), (size, seed) => {
        const leaves = leavesOf(size);
        const root = rootOf(frontierOf(leaves));
        const at = seed % (size - 1);
        const swapped = leaves.with(at, leaves[at + 1] as Buffer).with(at + 1, leaves[at] as Buffer);
        expect(rootOf(frontierOf(swapped))).not.toEqual(root);
        expect(rootOf(frontierOf(leaves.with(at, Buffer.alloc(32))))).not.toEqual(root);
        expect(rootOf(frontierOf(leaves.toSpliced(at, 1)))).not.toEqual(root);
      }),
    );
  });

  it('is refused where it is not that of the size', () => {
    expect(() => appendToFrontier(Buffer.alloc(32), 2 + 1, Buffer.alloc(32))).toThrow('not that of 3 entries');
    expect(() => appendToFrontier(Buffer.alloc(31), 1, Buffer.alloc(32))).toThrow('not that of 1 entries');
  });
});
