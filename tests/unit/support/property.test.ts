import { describe, expect, it } from 'vitest';
import { partOf } from '../../support/property.ts';

describe('the cases of one part of a long run', () => {
  const cases = [0, 1, 2, 3, 4, 5, 6];

  it('are all of them where nothing is said, and each in exactly one part', () => {
    expect(partOf(cases, undefined)).toEqual(cases);
    expect(partOf(cases, '')).toEqual(cases);
    const parts = ['1/3', '2/3', '3/3'].map((said) => partOf(cases, said));
    expect(parts).toEqual([
      [0, 3, 6],
      [1, 4],
      [2, 5],
    ]);
  });

  it.each(['0/3', '4/3', '2', 'a/b', '2/3/4', '1/0'])('%s is no part', (said) => {
    expect(() => partOf(cases, said)).toThrow(said);
  });
});
