import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startLoop } from '../../../lib/jobs/loop.ts';

describe('startLoop', () => {
  it('does all that is due, so many at a time, and then rests', async () => {
    let left = 20;
    let busy = 0;
    let most = 0;
    let looks = 0;
    const loop = startLoop({
      async step(more) {
        looks++;
        if (left === 0) return false;
        left--;
        more();
        busy++;
        most = Math.max(most, busy);
        await sleep(1);
        busy--;
        return true;
      },
      isDue: async () => false,
      lanes: 3,
      everyMs: 60_000,
      onFailure: () => undefined,
    });
    loop.wake();
    loop.wake();
    await expect.poll(() => left).toBe(0);
    await sleep(50);
    expect(most).toBe(3);
    expect(looks).toBeLessThan(40);
    await loop.stop();
  });

  it('looks with one lane where nothing calls for another', async () => {
    let busy = 0;
    let most = 0;
    let left = 5;
    const loop = startLoop({
      async step() {
        busy++;
        most = Math.max(most, busy);
        await sleep(1);
        busy--;
        return --left > 0;
      },
      isDue: async () => false,
      lanes: 4,
      everyMs: 60_000,
      onFailure: () => undefined,
    });
    loop.wake();
    await expect.poll(() => left).toBe(0);
    expect(most).toBe(1);
    await loop.stop();
  });

  it('looks once more for what came while a lane had looked already', async () => {
    const queue: string[] = [];
    const done: string[] = [];
    let looked = () => {};
    const hasLooked = new Promise<void>((resolve) => {
      looked = resolve;
    });
    const loop = startLoop({
      async step() {
        const next = queue.shift();
        if (next === undefined) {
          looked();
          // As a query that found nothing and whose answer is still on its way.
          await sleep(20);
          return false;
        }
        done.push(next);
        return true;
      },
      isDue: async () => false,
      lanes: 1,
      everyMs: 60_000,
      onFailure: () => undefined,
    });
    loop.wake();
    await hasLooked;
    queue.push('came later');
    loop.wake();
    await expect.poll(() => done).toEqual(['came later']);
    await loop.stop();
  });

  it('rests between two looks, however often it is woken, and looks for what came meanwhile', async () => {
    const looks: number[] = [];
    const loop = startLoop({
      async step() {
        looks.push(performance.now());
        return false;
      },
      isDue: async () => false,
      lanes: 1,
      everyMs: 60_000,
      restMs: 100,
      onFailure: () => undefined,
    });
    for (let woken = 0; woken < 40; woken++) {
      loop.wake();
      await sleep(5);
    }
    await sleep(150);
    // The first at once, the last after the last wake, and none too soon after another.
    expect(looks.length).toBeGreaterThanOrEqual(3);
    for (const [index, at] of looks.entries()) if (index > 0) expect(at - (looks[index - 1] ?? 0)).toBeGreaterThan(95);
    const before = looks.length;
    await sleep(150);
    expect(looks.length).toBe(before);
    await loop.stop();
  });

  // Red where the timer of a rest that is over still runs: a process that was held up looks twice at once.
  it('looks once where it is woken after a rest whose end was held up', async () => {
    let looks = 0;
    const loop = startLoop({
      async step() {
        looks++;
        return false;
      },
      isDue: async () => false,
      lanes: 1,
      everyMs: 60_000,
      restMs: 50,
      onFailure: () => undefined,
    });
    loop.wake();
    await sleep(5);
    loop.wake();
    for (const until = performance.now() + 70; performance.now() < until; );
    loop.wake();
    await sleep(30);
    expect(looks).toBe(2);
    await loop.stop();
  });

  it('reports a failure and does not spin on it', async () => {
    const failures: unknown[] = [];
    let steps = 0;
    const loop = startLoop({
      step: () => {
        steps++;
        return Promise.reject(new Error('no database'));
      },
      isDue: async () => true,
      lanes: 1,
      everyMs: 20,
      onFailure: (error) => failures.push(error),
    });
    await sleep(110);
    await loop.stop();
    expect(failures.length).toBeGreaterThan(1);
    expect(steps).toBeLessThan(8);
  });

  it('ends what is under way before it stops, and starts nothing more', async () => {
    let ended = 0;
    const loop = startLoop({
      async step(more) {
        more();
        await sleep(20);
        ended++;
        return true;
      },
      isDue: async () => true,
      lanes: 2,
      everyMs: 5,
      onFailure: () => undefined,
    });
    loop.wake();
    await sleep(0);
    await loop.stop();
    expect(ended).toBe(2);
    await sleep(50);
    expect(ended).toBe(2);
  });
});
