import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedIndexes } from '../../../lib/block/sorted-indexes.ts';
import { runs } from '../../support/property.ts';

describe('sortedIndexes', () => {
  it('sorts as the language does, stable, whatever the length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40)), fc.nat(2_000), async (given, more) => {
        // Longer than one run, and than several merged.
        const values = [...given, ...Array.from({ length: more }, (_, index) => (index * 7919) % 61)];
        const expected = [...values.keys()].sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
        expect([...(await sortedIndexes(values.length, (left, right) => (values[left] ?? 0) - (values[right] ?? 0)))]).toEqual(expected);
      }),
      { numRuns: runs(50) },
    );
  });

  it('pauses on the way', async () => {
    let paused = 0;
    let over = false;
    const count = () => {
      paused++;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await sortedIndexes(20_000, (left, right) => ((left * 7919) % 20_011) - ((right * 7919) % 20_011));
    over = true;
    expect(paused).toBeGreaterThan(20);
  });
});
