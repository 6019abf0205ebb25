import { describe, expect, it } from 'vitest';
import type { Store, Tx } from '../../../db/store.ts';
import { inPace, Pace } from '../../../lib/letters/pace.ts';

const pace = () => new Pace({ aimMs: 20, least: 100, most: 300 });

describe('the pace of a long job', () => {
  it('begins small and grows on a quick machine, to its limit', () => {
    const quick = pace();
    expect(quick.rows).toBe(100);
    const sizes = Array.from({ length: 8 }, () => {
      quick.took(2);
      return quick.rows;
    });
    expect(sizes).toEqual(sizes.toSorted((one, two) => one - two));
    expect(sizes[0]).toBe(125);
    expect(sizes.at(-1)).toBe(300);
  });

  it('halves at once where a piece took long, and never goes below its least', () => {
    const busy = pace();
    for (let turn = 0; turn < 8; turn++) busy.took(2);
    busy.took(400);
    expect(busy.rows).toBe(150);
    for (let turn = 0; turn < 8; turn++) busy.took(400);
    expect(busy.rows).toBe(100);
  });

  it('stays where the time is right, and is not upset by none at all', () => {
    const steady = pace();
    for (let turn = 0; turn < 8; turn++) steady.took(0);
    for (let turn = 0; turn < 8; turn++) steady.took(20);
    expect(steady.rows).toBe(300);
  });
});

describe('one transaction of a long job', () => {
  // No database: what is looked at is the clock that the work is handed.
  const store = { inTransaction: async (work: (tx: Tx) => Promise<number>) => await work({} as Tx) } as unknown as Store;
  const busyFor = (milliseconds: number) => {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
  };

  it('is told how many rows to take and when its time is over, and slows the next down', async () => {
    const own = new Pace({ aimMs: 20, least: 10, most: 300 });
    const { rows } = own;
    const done = await inPace(store, own, async (_, piece) => {
      expect(piece.rows).toBe(rows);
      expect(piece.isOver()).toBe(false);
      busyFor(own.workMs + 1);
      expect(piece.isOver()).toBe(true);
      busyFor(40);
      return 7;
    });
    expect(done).toBe(7);
    expect(own.rows).toBe(10);
  });

  it('leaves a part of its time to the commit', () => {
    expect(new Pace({ aimMs: 20, least: 1, most: 2 }).workMs).toBeLessThan(15);
  });
});
