import { expect, it } from 'vitest';
import { listLettersToRank, listUnranked, listUnrankedByIds, storeRanks } from '../../../db/queries/ranked.ts';
import type { Store, Tx } from '../../../db/store.ts';
import { queryPlans } from '../../support/query-plans.ts';
import { describeSqlite } from '../../support/stores.ts';

/*
 * What is asked for each newcomer must not look through everybody who is listed. SQLite takes the index that more columns of a question
 * agree with, here the one by status, where it has not counted the rows: with a hundred thousand each took 20 to 50 ms.
 */
const ids = Array.from({ length: 100 }, (_, index) => `sig_${index}`);
const within = (work: (tx: Tx) => Promise<unknown>) => (store: Store) => store.inTransaction(work);
const asked: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'which lists have newcomers': ({ read }) => listLettersToRank(read, { statuses: ['open'], now: new Date(0), limit: 1, sortedBy: '' }),
  'who they are': ({ read }) => listUnranked(read, 'let_1', 64),
  'who of them still is one': within((tx) => listUnrankedByIds(tx, 'let_1', ids)),
  'their ranks': within((tx) =>
    storeRanks(
      tx,
      'let_1',
      ids.map((id) => ({ id, rank: '0', printedName: '', searchText: '' })),
    ),
  ),
};

describeSqlite('the ranking of newcomers', (open) => {
  it.each(Object.entries(asked))('looks through no list: %s', async (_, ask) => {
    const { store, location } = await open();
    const details = await queryPlans(location, () => ask(store));
    const steps = details.filter((detail) => detail.includes('signatures'));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect(step).toMatch(/USING (?:COVERING )?INDEX (?:signatures_unranked|sqlite_autoindex_signatures_1)/);
  });
});
