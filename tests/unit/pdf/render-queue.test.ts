import { describe, expect, it } from 'vitest';
import { renderQueue } from '../../../lib/pdf/render-queue.ts';

const LIMITS = { running: 2, waiting: 2 };

function entering(queue = renderQueue(LIMITS)) {
  const log: string[] = [];
  const enter = (name: string, signal = new AbortController().signal): Promise<() => void> => {
    const entered = queue.enter(signal);
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
});
