import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type Given, givenEach, insertNewRow, insertRow, namesIn, prepared, preparedShape } from '../../../db/prepared.ts';
import type { Reader, Tx } from '../../../db/store.ts';
import { compiledTexts } from '../../support/query-plans.ts';
import { INSTANT, insertCoalition, insertLetter, letterRow } from '../../support/rows.ts';
import { describeEachStore, describeSqlite } from '../../support/stores.ts';

const later = (days: number) => new Date(INSTANT.getTime() + days * 86_400_000);

const lettersDue = prepared((db: Reader, given: Given<{ readonly coalitionId: string; readonly since: Date }>) => {
  const { letters } = db.tables;
  return db
    .select()
    .from(letters)
    .where(
      and(eq(letters.coalitionId, given('coalitionId', letters.coalitionId)), gt(letters.deadlineAt, given('since', letters.deadlineAt))),
    )
    .orderBy(asc(letters.id));
});

const changedLetter = preparedShape((tx: Tx, given: Given<{ readonly sought: string }>, changed: readonly string[]) => {
  const { letters } = tx.tables;
  return tx
    .update(letters)
    .set(givenEach(letters, changed))
    .where(eq(letters.id, given('sought', letters.id)))
    .returning();
});

describeEachStore('a query that is kept', (open) => {
  const start = async () => {
    const { store } = await open();
    await store.inTransaction(insertCoalition);
    return store;
  };

  it('takes every type of column and null, and gives them back as they were', async () => {
    const store = await start();
    const row = letterRow('let_1', {
      namesHidden: true,
      deadlineAt: later(3),
      block: { heading: 'نامه', columns: [1, 2.5, null, true], nested: { quote: '"\\\n' } },
      logFrontier: Buffer.from([0, 1, 127, 128, 255]),
      logSize: 2_147_483_647,
      place: 'Ḩamāh ‏🕊',
      closedAt: null,
    });
    await store.inTransaction((tx) => insertRow(tx, 'letters', row));
    expect(await lettersDue(store.read, { coalitionId: 'coa_1', since: INSTANT })).toMatchObject([row]);
    const changes = [{ block: { other: [] }, deadlineAt: null }, { deadlineAt: later(5), place: null }, { logFrontier: null }] as const;
    for (const change of changes) {
      const [changed] = await store.inTransaction((tx) => changedLetter(tx, [namesIn(change)], { ...change, sought: 'let_1' }));
      expect(changed).toMatchObject(change);
    }
  });

  it('looks anew each time, with the values of that time', async () => {
    const store = await start();
    const ids = async (since: Date, coalitionId = 'coa_1') => (await lettersDue(store.read, { coalitionId, since })).map(({ id }) => id);
    expect(await ids(INSTANT)).toEqual([]);
    await store.inTransaction(async (tx) => {
      await insertLetter(tx, 'let_1', { deadlineAt: later(1) });
      await insertLetter(tx, 'let_2', { deadlineAt: later(2) });
      // Within a transaction it sees what that has written, and nobody else does yet.
      expect(await lettersDue(tx, { coalitionId: 'coa_1', since: later(1) })).toMatchObject([{ id: 'let_2' }]);
    });
    expect([await ids(INSTANT), await ids(later(1)), await ids(INSTANT, 'coa_2')]).toEqual([['let_1', 'let_2'], ['let_2'], []]);
  });

  it('leaves to the table what a row does not say, and takes no second one where one is enough', async () => {
    const store = await start();
    await store.inTransaction(async (tx) => {
      await insertRow(tx, 'letters', letterRow('let_1', { place: undefined }));
      const organisation = { id: 'org_1', coalitionId: 'coa_1', name: 'Weir Watch', normalisedName: 'weir watch', createdAt: INSTANT };
      expect(await insertNewRow(tx, 'organisations', organisation)).toBe(true);
      expect(await insertNewRow(tx, 'organisations', { ...organisation, id: 'org_2' })).toBe(false);
    });
    const { letters, organisations } = store.read.tables;
    expect(await store.read.select({ logSize: letters.logSize, place: letters.place }).from(letters)).toEqual([
      { logSize: 0, place: null },
    ]);
    expect(await store.read.select({ id: organisations.id }).from(organisations)).toEqual([{ id: 'org_1' }]);
  });

  it('is not run by a transaction that has ended, nor by the store from within one', async () => {
    const store = await start();
    let kept: Tx | undefined;
    await store.inTransaction(async (tx) => {
      kept = tx;
      await lettersDue(tx, { coalitionId: 'coa_1', since: INSTANT });
      await expect(lettersDue(store.read, { coalitionId: 'coa_1', since: INSTANT })).rejects.toThrow('inside a transaction');
    });
    await expect(insertRow(kept as Tx, 'letters', letterRow('let_9'))).rejects.toThrow('this transaction has ended');
    await expect(lettersDue(kept as Tx, { coalitionId: 'coa_1', since: INSTANT })).rejects.toThrow('this transaction has ended');
  });

  it('serves many transactions at once, and is taken back with the one it ran in', async () => {
    const store = await start();
    const one = (index: number) =>
      store.inTransaction(async (tx) => {
        await insertRow(tx, 'letters', letterRow(`let_${index}`, { slug: `slug-${index % 10}` }));
        await lettersDue(tx, { coalitionId: 'coa_1', since: INSTANT });
        if (index % 3 === 0) throw new Error('taken back');
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => one(index)));
    const { letters } = store.read.tables;
    const stored = await store.read
      .select({ id: letters.id })
      .from(letters)
      .where(inArray(letters.coalitionId, ['coa_1']))
      .orderBy(sql`length(${letters.id})`, asc(letters.id));
    const written = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [`let_${index}`] : []));
    expect(stored.map(({ id }) => id)).toEqual(written);
    // Of those of one address that did not fail by themselves one was taken.
    expect(new Set(written.map((id) => Number(id.slice(4)) % 10)).size).toBe(written.length);
  });
});

const openNext = prepared((db: Reader, given: Given<{ readonly coalitionId: string }>) => {
  const { letters } = db.tables;
  return db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.coalitionId, given('coalitionId', letters.coalitionId)), eq(letters.status, 'open')))
    .limit(1);
});

/** After `where`: what SQLite would compile a query anew for is a bare mark beside a column, or after `limit`. */
const conditionOf = (text: string | undefined) => text?.replace(/^.* where /, '').replaceAll('"letters".', '');

describeSqlite('the text of a query', (open) => {
  it('waits for no value where it is kept: the code says its own, a visitor gives the others behind a plus', async () => {
    const { store } = await open();
    const texts = await compiledTexts(async () => {
      await openNext(store.read, { coalitionId: 'coa_1' });
      await openNext(store.read, { coalitionId: 'coa_2' });
    });
    expect(texts.map(conditionOf)).toEqual([`("coalition_id" = +? and "status" = 'open') limit 1`]);
  });

  it('says how many rows are wanted where it is not kept, and binds all else', async () => {
    const { store } = await open();
    const { letters } = store.read.tables;
    const texts = await compiledTexts(async () => {
      await store.read.select({ id: letters.id }).from(letters).where(eq(letters.status, 'open')).limit(7).offset(3);
    });
    expect(texts.map(conditionOf)).toEqual(['"status" = ? limit 7 offset ?']);
  });
});
