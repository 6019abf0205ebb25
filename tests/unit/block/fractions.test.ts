import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionsBetween } from '../../../lib/block/fractions.ts';

describe('fractionsBetween', () => {
  it('stay in order by their bytes, wherever others come between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 40 }), (steps) => {
        const list: string[] = [];
        for (const [where, count] of steps) {
          const at = where % (list.length + 1);
          const between = fractionsBetween(list[at - 1] ?? '', list[at] ?? null, count);
          expect(between).toHaveLength(count);
          list.splice(at, 0, ...between);
        }
        expect(list.every((fraction) => /^[0-9a-f]*[1-9a-f]$/.test(fraction))).toBe(true);
        expect(new Set(list).size).toBe(list.length);
        expect([...list].sort()).toEqual(list);
      }),
    );
  });

  it('are short where many stand side by side', () => {
    expect(Math.max(...fractionsBetween('', null, 1000, 4).map((fraction) => fraction.length))).toBeLessThanOrEqual(7);
    expect(fractionsBetween('8', null, 1)).toEqual(['c']);
    expect(fractionsBetween('', null, 0)).toEqual([]);
  });
});
