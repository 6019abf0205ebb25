import { expect, it } from 'vitest';
import { storedDrafts } from '../../../lib/forms/stored-drafts.ts';
import type { RateClaim } from '../../../lib/rates/rate.ts';
import { storedRates } from '../../../lib/rates/stored-rates.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1000);
const claim = (subject: string): RateClaim => ({
  rule: {
    name: 'ask',
    windows: [
      { seconds: 10, most: 2 },
      { seconds: 60, most: 3 },
    ],
  },
  subject,
});

describeEachStore('rates', (open) => {
  it('hold both windows, and start anew with the next', async () => {
    const rates = storedRates(testInstance((await open()).store));
    const passes = [];
    for (const at of [0, 1, 2, 10, 20, 60]) passes.push((await rates.take([claim('a')], seconds(at))).ok);
    expect(passes).toEqual([true, true, false, true, false, true]);
    expect(await rates.take([claim('b')], seconds(2))).toEqual({ ok: true, value: null });
  });

  it('count what they refuse in neither window, whichever of them is full', async () => {
    const { store } = await open();
    const rates = storedRates(testInstance(store));
    const answers = [];
    for (const at of [0, 0, 1, 2, 10, 11, 12]) answers.push(await rates.take([claim('a')], seconds(at)));
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.reason.retryAfter]));
    expect(refused).toEqual([9, 8, 49, 48]);
    // What is counted is on disk with the next commit.
    await store.inTransaction(async () => undefined);
    const counters = await store.read.select().from(store.read.tables.rateCounters);
    expect(counters.map(({ count }) => count).sort()).toEqual([1, 2, 3]);
  });

  it('count several in turn, up to the first that is full', async () => {
    const rates = storedRates(testInstance((await open()).store));
    const [a, b, c] = [claim('a'), claim('b'), claim('c')];
    expect(await rates.take([], now)).toEqual({ ok: true, value: null });
    for (let use = 0; use < 2; use++) await rates.take([b], now);
    expect(await rates.take([a, b, c], now)).toEqual({ ok: false, reason: { claim: b, retryAfter: 10 } });
    // The first was counted, and the last was not.
    expect([(await rates.take([a], now)).ok, (await rates.take([a], now)).ok]).toEqual([true, false]);
    const further = [await rates.take([c], now), await rates.take([c], now), await rates.take([c], now)];
    expect(further.map(({ ok }) => ok)).toEqual([true, true, false]);
    // One found full before is known to be: what stands before it is counted all the same.
    const d = claim('d');
    expect(await rates.take([d, b, c], now)).toMatchObject({ ok: false, reason: { claim: b } });
    expect([(await rates.take([d], now)).ok, (await rates.take([d], now)).ok]).toEqual([true, false]);
  });

  it('are not asked for two uses of one window at once', async () => {
    const rates = storedRates(testInstance((await open()).store));
    await expect(rates.take([claim('a'), claim('a')], now)).rejects.toThrow('two uses of one window');
  });

  it('let no more through when all ask at once', async () => {
    const rates = storedRates(testInstance((await open()).store));
    const answers = await Promise.all(Array.from({ length: 30 }, () => rates.take([claim('a')], now)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
  });

  it('store nothing of whom they count, and forget the key with the day', async () => {
    const { store } = await open();
    const rates = storedRates(testInstance(store));
    /** What is counted is on disk with the next commit. */
    const committed = () => store.inTransaction(async () => undefined);
    await rates.take([claim('203.0.113.7')], now);
    await committed();
    const { rateCounters, rateKeys } = store.read.tables;
    const [counter] = await store.read.select().from(rateCounters);
    expect(JSON.stringify(counter)).not.toContain('203.0.113');
    await rates.take([claim('203.0.113.7')], seconds(24 * 3600 + 60));
    await committed();
    expect((await store.read.select().from(rateKeys)).map((row) => row.day)).toEqual(['2026-03-03']);
    const keys = (await store.read.select().from(rateCounters)).map((row) => row.key.toString('hex'));
    expect(keys).not.toContain(counter?.key.toString('hex'));
  });
});

describeEachStore('kept forms', (open) => {
  it('are found until they expire or are forgotten, and swept by the next', async () => {
    const { store } = await open();
    const drafts = storedDrafts(async () => store);
    await drafts.keep('fd_1', Buffer.from('one'), seconds(60), now);
    await drafts.keep('fd_2', Buffer.from('two'), seconds(60), now);
    expect(Buffer.from((await drafts.find('fd_1', now)) ?? []).toString()).toBe('one');
    await drafts.forget('fd_1');
    expect([await drafts.find('fd_1', now), await drafts.find('fd_2', seconds(61))]).toEqual([null, null]);
    await drafts.keep('fd_3', Buffer.from('three'), seconds(200), seconds(100));
    expect((await store.read.select().from(store.read.tables.formDrafts)).map((row) => row.id)).toEqual(['fd_3']);
  });
});
