import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putFirst } from '../../../lib/block/put-first.ts';
import { changedPlaces, placedAt } from '../../../lib/signatures/place-order.ts';

/** A section in some order of its own, and what was put by hand in it. */
const sections = fc
  .integer({ min: 0, max: 40 })
  .chain((count) =>
    fc.record({
      ranks: fc.shuffledSubarray(
        Array.from({ length: count }, (_, index) => index),
        { minLength: count },
      ),
      byHand: fc.dictionary(fc.integer({ min: 0, max: Math.max(count - 1, 0) }).map(String), fc.integer({ min: 1, max: 12 })),
    }),
  )
  .map(({ ranks, byHand }) => ({
    ranks: Uint32Array.from(ranks),
    byHand: new Map(Object.entries(byHand).flatMap(([index, place]) => (Number(index) < ranks.length ? [[Number(index), place]] : []))),
  }));

describe('entries put by hand', () => {
  it('stand first by their place, the others behind them as they were; nobody is lost, nobody stands twice', () => {
    fc.assert(
      fc.property(sections, ({ ranks, byHand }) => {
        const before = [...ranks];
        const ordered = [...putFirst(ranks, byHand)];
        expect([...ranks]).toEqual(before);
        expect(ordered.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
        const head = ordered.slice(0, byHand.size);
        expect(head.every((index) => byHand.has(index))).toBe(true);
        const keys = head.map((index) => [byHand.get(index) ?? 0, index] as const);
        expect(keys).toEqual(keys.toSorted(([place, index], [other, second]) => place - other || index - second));
        expect(ordered.slice(byHand.size)).toEqual(before.filter((index) => !byHand.has(index)));
      }),
    );
  });

  it('move by absolute places, without gaps, and the same move twice changes nothing', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
    fc.assert(
      fc.property(ids, fc.constantFrom(...'abcdefghij'), fc.option(fc.integer({ min: 1, max: 14 })), (order, id, to) => {
        const moved = placedAt(order, id, to);
        expect(moved.filter((each) => each !== id)).toEqual(order.filter((each) => each !== id));
        expect(moved.indexOf(id)).toBe(to === null ? -1 : Math.min(to, moved.length) - 1);
        expect(placedAt(moved, id, to)).toEqual(moved);
        const stored = new Map<string, number | null>([...order, id].map((each) => [each, null]));
        order.forEach((each, index) => {
          stored.set(each, index + 1);
        });
        const after = new Map([...stored, ...changedPlaces(stored, moved)]);
        expect(moved.map((each) => after.get(each))).toEqual(moved.map((_, index) => index + 1));
        expect([...after.values()].filter((place) => place !== null)).toHaveLength(moved.length);
      }),
    );
  });
});
