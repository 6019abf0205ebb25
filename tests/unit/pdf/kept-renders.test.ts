import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeptRenders, renderVersion, type WriteBytes } from '../../../lib/pdf/kept-renders.ts';
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

const open = (kept: KeptRenders, start: (signal: AbortSignal) => (write: WriteBytes) => Promise<void>, change = {}) =>
  kept.open({ key: 'letter', version: '1', keepMs: 60_000, signal: new AbortController().signal, start, ...change });

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
    const one = open(kept, start, { signal: leaving.signal });
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
