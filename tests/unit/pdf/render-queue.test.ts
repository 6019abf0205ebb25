import { describe, expect, it } from 'vitest';
import { renderQueue } from '../../../lib/pdf/render-queue.ts';

const LIMITS = { running: 2, waiting: 2 };

function entering(queue = renderQueue(LIMITS)) {
  const log: string[] = [];
  const enter = (name: string, signal = new AbortController().signal, whose?: string): Promise<() => void> => {
    const entered = queue.enter(signal, whose);
    if (!entered.ok) {
      log.push(`${name} refused`);
      return Promise.reject(new Error(entered.reason));
    }
    entered.value.turn.then(
      () => log.push(`${name} runs`),
      () => log.push(`${name} gone`),
    );
    return entered.value.turn;
  };
  return { log, enter };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue of renders', () => {
  it('runs two, lets two wait in order, and refuses the next', async () => {
    const { log, enter } = entering();
    const first = enter('a');
    for (const name of ['b', 'c', 'd']) void enter(name);
    await expect(enter('e')).rejects.toThrow('busy');
    await settled();
    expect(log).toEqual(['e refused', 'a runs', 'b runs']);
    const leave = await first;
    leave();
    leave();
    await settled();
    expect(log.slice(3)).toEqual(['c runs']);
    void enter('f');
    await settled();
    expect(log.slice(4)).toEqual([]);
  });

  it('forgets who leaves while waiting', async () => {
    const { log, enter } = entering();
    const first = enter('a');
    void enter('b');
    const impatient = new AbortController();
    enter('c', impatient.signal).catch(() => undefined);
    void enter('d');
    impatient.abort();
    void enter('e');
    (await first)();
    await settled();
    expect(log).toEqual(['a runs', 'b runs', 'c gone', 'd runs']);
  });

  it('gives no place to who was gone before', async () => {
    const { log, enter } = entering(renderQueue({ running: 1, waiting: 0 }));
    enter('a', AbortSignal.abort()).catch(() => undefined);
    const second = await enter('b');
    second();
    await enter('c');
    await settled();
    expect(log).toEqual(['a gone', 'b runs', 'c runs']);
  });

  describe('for several letters', () => {
    const stay = new AbortController().signal;

    it('runs one of each at a time, in the order they came', async () => {
      const { log, enter } = entering(renderQueue({ running: 2, waiting: 8 }));
      const english = enter('mine en', stay, 'mine');
      const persian = enter('mine fa', stay, 'mine');
      void enter('mine for the addressee', stay, 'mine');
      const theirs = enter('theirs', stay, 'theirs');
      void enter('third', stay, 'third');
      await settled();
      expect(log).toEqual(['mine en runs', 'theirs runs']);
      // The free thread goes past those who wait for another of their own letter.
      (await theirs)();
      await settled();
      expect(log.slice(2)).toEqual(['third runs']);
      (await english)();
      await settled();
      expect(log.slice(3)).toEqual(['mine fa runs']);
      (await persian)();
      await settled();
      expect(log.slice(4)).toEqual(['mine for the addressee runs']);
    });

    it('lets one letter have no more than its part of those who wait', async () => {
      const { log, enter } = entering(renderQueue({ running: 2, waiting: 4, waitingEach: 2 }));
      for (const name of ['a', 'b', 'c']) void enter(name, stay, 'mine');
      await expect(enter('d', stay, 'mine')).rejects.toThrow('busy');
      for (const name of ['e', 'f', 'g']) void enter(name, stay, 'theirs');
      await expect(enter('h', stay, 'third')).rejects.toThrow('busy');
      await settled();
      expect(log.toSorted()).toEqual(['a runs', 'd refused', 'e runs', 'h refused']);
    });

    it('goes on when whoever runs or waits leaves, also twice', async () => {
      const { log, enter } = entering(renderQueue({ running: 2, waiting: 8 }));
      const [waiting, gone] = [new AbortController(), AbortSignal.abort()];
      const first = await enter('a', stay, 'mine');
      enter('b', waiting.signal, 'mine').catch(() => undefined);
      enter('c', gone, 'mine').catch(() => undefined);
      const last = enter('d', stay, 'mine');
      waiting.abort();
      await settled();
      first();
      first();
      const leave = await last;
      void enter('e', stay, 'mine');
      first();
      await settled();
      expect(log).toEqual(['a runs', 'c gone', 'b gone', 'd runs']);
      leave();
      await settled();
      expect(log.slice(4)).toEqual(['e runs']);
    });

    it('lets what stands in nobody’s way pass', async () => {
      const { log, enter } = entering(renderQueue({ running: 2, waiting: 8 }));
      void enter('a', stay, 'mine');
      void enter('b', stay, 'mine');
      const preview = await enter('preview');
      await settled();
      expect(log).toEqual(['a runs', 'preview runs']);
      void enter('second preview');
      preview();
      await settled();
      expect(log.slice(2)).toEqual(['second preview runs']);
    });
  });
});
