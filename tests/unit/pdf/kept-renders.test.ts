import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type KeptRenderRequest, KeptRenders, renderVersion, type WriteBytes } from '../../../lib/pdf/kept-renders.ts';
import { letterDocument, section } from '../../support/letter-documents.ts';

afterEach(() => {
  vi.useRealTimers();
});

const bytes = async (stream: ReadableStream<Uint8Array>) => Buffer.from(await new Response(stream).arrayBuffer()).toString();

/** A document whose bytes come when the test says so. */
function slow() {
  const finishing = Promise.withResolvers<void>();
  const started: AbortSignal[] = [];
  const start = (signal: AbortSignal) => {
    started.push(signal);
    return async (write: WriteBytes) => {
      write(Buffer.from('one '));
      await finishing.promise;
      write(Buffer.from('two'));
    };
  };
  return { start, started, finish: finishing.resolve, fail: finishing.reject };
}

const open = (kept: KeptRenders, start: KeptRenderRequest['start'], change = {}, signal = new AbortController().signal) =>
  kept.open({ key: 'letter', version: '1', keepMs: 60_000, start, ...change }, signal);

describe('kept PDFs', () => {
  it('are written once for those who ask at the same time, and given again afterwards', async () => {
    const kept = new KeptRenders(100);
    const { start, started, finish } = slow();
    const early = bytes(open(kept, start));
    await pause(5);
    const late = bytes(open(kept, start));
    finish();
    expect(await Promise.all([early, late])).toEqual(['one two', 'one two']);
    expect(await bytes(open(kept, start))).toBe('one two');
    expect([started.length, kept.size]).toEqual([1, 7]);
  });

  it('are made anew when anything has changed, also while the old one is being written', async () => {
    const kept = new KeptRenders(100);
    const old = slow();
    const reading = bytes(open(kept, old.start));
    const fresh = slow();
    fresh.finish();
    expect(await bytes(open(kept, fresh.start, { version: '2' }))).toBe('one two');
    old.finish();
    expect(await reading).toBe('one two');
    expect([old.started.length, fresh.started.length]).toEqual([1, 1]);
    expect(await bytes(open(kept, fresh.start, { version: '2' }))).toBe('one two');
    expect(fresh.started).toHaveLength(1);
  });

  it('go when their time is over, and where they do not fit', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const kept = new KeptRenders(10);
    const { start, started, finish } = slow();
    finish();
    await bytes(open(kept, start));
    vi.advanceTimersByTime(60_001);
    expect(kept.size).toBe(0);
    await bytes(open(kept, start));
    expect(started).toHaveLength(2);
    await bytes(open(kept, start, { key: 'other' }));
    expect(kept.size).toBe(7);
    const small = new KeptRenders(6);
    await bytes(open(small, start));
    expect(small.size).toBe(0);
  });

  it('stop when the last reader leaves, by either way, and not before', async () => {
    const kept = new KeptRenders(100);
    const { start, started } = slow();
    const leaving = new AbortController();
    const one = open(kept, start, {}, leaving.signal);
    const two = open(kept, start);
    leaving.abort();
    await one.cancel();
    expect(started[0]?.aborted).toBe(false);
    await two.cancel();
    expect(started[0]?.aborted).toBe(true);
    const next = slow();
    next.finish();
    expect(await bytes(open(kept, next.start))).toBe('one two');
  });

  it('are not kept after a fault, which every reader gets', async () => {
    const kept = new KeptRenders(100);
    const { start, fail } = slow();
    const readers = [bytes(open(kept, start)), bytes(open(kept, start))];
    fail(new Error('the database is gone'));
    for (const reader of readers) await expect(reader).rejects.toThrow('the database is gone');
    const next = slow();
    next.finish();
    expect(await bytes(open(kept, next.start))).toBe('one two');
    expect(() =>
      open(
        kept,
        () => {
          throw new Error('busy');
        },
        { key: 'other' },
      ),
    ).toThrow('busy');
  });
});

describe('PDFs that are waited for', () => {
  const waiting = { holdMs: 60_000, patienceMs: 1 };
  const request = (start: KeptRenderRequest['start'], change = {}): KeptRenderRequest => ({
    ...{ key: 'letter', version: '1', keepMs: 60_000, start },
    ...change,
  });

  /** Tells its progress, and waits for the test. */
  function counted() {
    const { start, ...rest } = slow();
    let tell = (_done: number, _total: number) => {};
    const telling: KeptRenderRequest['start'] = (signal) => {
      const run = start(signal);
      return (write, progress) => {
        tell = progress;
        return run(write);
      };
    };
    return { ...rest, start: telling, progress: (done: number, total: number) => tell(done, total) };
  }

  it('say how far they are, to each who waits, and are there when they are finished', async () => {
    const kept = new KeptRenders(100);
    const { start, started, progress, finish } = counted();
    expect(await kept.wait(request(start), 'mine', waiting)).toBe('queued');
    progress(200, 6_000);
    expect(await kept.wait(request(start), 'mine', waiting)).toEqual({ done: 200, total: 6_000 });
    expect(await kept.wait(request(start), 'theirs', waiting)).toEqual({ done: 200, total: 6_000 });
    expect(kept.has(request(start))).toBe(false);
    const patient = kept.wait(request(start), 'mine', { ...waiting, patienceMs: 60_000 });
    finish();
    expect(await patient).toBe('finished');
    expect(kept.has(request(start))).toBe(true);
    expect(kept.has(request(start, { version: '2' }))).toBe(false);
    expect(started).toHaveLength(1);
  });

  it('stop when the last who waits or reads gives up, not before', async () => {
    const kept = new KeptRenders(100);
    const { start, started } = slow();
    await kept.wait(request(start), 'mine', waiting);
    await kept.wait(request(start), 'mine', waiting);
    await kept.wait(request(start), 'theirs', waiting);
    const reader = open(kept, start);
    kept.leave('mine');
    kept.leave('mine');
    kept.leave('nobody’s');
    await reader.cancel();
    expect(started[0]?.aborted).toBe(false);
    kept.leave('theirs');
    expect(started.map(({ aborted }) => aborted)).toEqual([true]);
    // Whoever comes back is served anew.
    const next = slow();
    next.finish();
    expect(await kept.wait(request(next.start), 'mine', { ...waiting, patienceMs: 1_000 })).toBe('finished');
  });

  it('stop when nobody has looked for a while', async () => {
    const kept = new KeptRenders(100);
    const { start, started } = slow();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    for (const _ of ['first', 'again']) {
      const look = kept.wait(request(start), 'mine', waiting);
      vi.advanceTimersByTime(waiting.holdMs - 1);
      expect(await look).toBe('queued');
    }
    expect(started[0]?.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(started.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('go on for whoever waits, whatever changes meanwhile', async () => {
    const kept = new KeptRenders(100);
    const [old, fresh] = [counted(), slow()];
    await kept.wait(request(old.start), 'mine', waiting);
    old.progress(1, 2);
    expect(await kept.wait(request(fresh.start, { version: '2' }), 'mine', waiting)).toEqual({ done: 1, total: 2 });
    expect(fresh.started).toEqual([]);
    expect(await kept.wait(request(fresh.start, { version: '2' }), 'theirs', waiting)).toBe('queued');
    old.finish();
    expect(await kept.wait(request(fresh.start, { version: '2' }), 'mine', { ...waiting, patienceMs: 1_000 })).toBe('finished');
  });

  it('say that they failed, once each asks, and are not tried again by looking', async () => {
    const kept = new KeptRenders(100);
    const { start, started, fail } = slow();
    const looks = ['mine', 'theirs'].map((place) => kept.wait(request(start), place, { ...waiting, patienceMs: 1_000 }));
    fail(new Error('the database is gone'));
    expect(await Promise.all(looks)).toEqual(['failed', 'failed']);
    expect(await kept.wait(request(start), 'mine', waiting)).toBe('failed');
    expect(started).toHaveLength(1);
  });

  it('are held for no more than a thousand: the one who has not looked for the longest gives way', async () => {
    const kept = new KeptRenders(100);
    const { start, started } = slow();
    const [alone, many] = [request(start), request(slow().start, { key: 'other' })];
    await kept.wait(alone, 'first', waiting);
    const brief = { ...waiting, patienceMs: 0 };
    await Promise.all(Array.from({ length: 999 }, (_, at) => kept.wait(many, `${at}`, brief)));
    expect(started[0]?.aborted).toBe(false);
    await kept.wait(many, 'one more', brief);
    expect(started[0]?.aborted).toBe(true);
  });
});

describe('what a PDF depends on', () => {
  const mark = { type: 'not-final', asOf: new Date(0), zone: 'UTC' } as const;
  const document = letterDocument({ mark, sections: [section([], { count: 3 })] });
  const version = renderVersion(document, 'state');

  it('is not the moment of a list that is not final', () => {
    expect(renderVersion({ ...document, mark: { ...mark, asOf: new Date(60_000) } }, 'state')).toBe(version);
  });

  it.each([
    ['the state of the list', document, 'other'],
    ['the mark', { ...document, mark: null }, 'state'],
    ['the zone', { ...document, mark: { ...mark, zone: 'Asia/Tehran' } }, 'state'],
    ['the edition', { ...document, edition: 'addressee' as const }, 'state'],
    ['the date', { ...document, date: '2026-05-02' }, 'state'],
    ['a heading', { ...document, sections: [section([], { count: 3, heading: 'Other' })] }, 'state'],
    ['the names being hidden', { ...document, sections: [] }, 'state'],
  ])('is %s', (_, changed, state) => {
    expect(renderVersion(changed, state)).not.toBe(version);
  });
});
