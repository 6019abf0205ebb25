import { expect, it } from 'vitest';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('a store for tests', (open) => {
  it('is empty, migrated and nobody else’s', async () => {
    const [one, two] = [await open(), await open()];
    const row = { id: 'one', keyCheck: Buffer.of(1), createdAt: new Date(0) };
    await one.store.inTransaction((tx) => tx.insert(tx.tables.instance).values(row));
    expect(await one.store.read.select().from(one.store.read.tables.instance)).toEqual([row]);
    expect(await two.store.read.select().from(two.store.read.tables.instance)).toEqual([]);
  });

  it('makes an instance whose random bytes are the same in every run', async () => {
    const { store } = await open();
    const [one, two] = [testInstance(store), testInstance(store)];
    expect(one.random(40)).toEqual(two.random(40));
    expect(one.random(16)).not.toEqual(one.random(16));
    expect(one.config.loopback).toBe(true);
  });
});
