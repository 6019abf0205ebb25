import { expect, it } from 'vitest';
import { listLettersToRank, listUnranked, listUnrankedByIds, storeRanks } from '../../../db/queries/ranked.ts';
import { listCrowded, listLapsed, listUnreminded } from '../../../db/queries/unconfirmed.ts';
import type { Store, Tx } from '../../../db/store.ts';
import { queryPlans } from '../../support/query-plans.ts';
import { describeSqlite } from '../../support/stores.ts';

/*
 * What is asked for each newcomer, or every half minute, must not look through everybody who is listed or has signed. Where it has not
 * counted the rows SQLite takes the index that more columns of a question agree with, as the one by status: with a hundred thousand each
 * took 20 to 50 ms.
 */
const ids = Array.from({ length: 100 }, (_, index) => `sig_${index}`);
const within = (work: (tx: Tx) => Promise<unknown>) => (store: Store) => store.inTransaction(work);
const ends = { signedBefore: new Date(0), deadlineBefore: new Date(0) };
const few =
  /USING (?:COVERING )?INDEX (?:signatures_unranked|signatures_by_signing|signings_unconfirmed|sqlite_autoindex_(?:signatures|letters)_1)/;
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
  'what nobody confirmed in time': ({ read }) => listLapsed(read, ends, 50),
  'who is to be reminded to confirm': ({ read }) => listUnreminded(read, 1, new Date(0), ends, 50),
};

describeSqlite('what is asked again and again', (open) => {
  it.each(Object.entries(asked))('looks through no list: %s', async (_, ask) => {
    const { store, location } = await open();
    const details = await queryPlans(location, () => ask(store));
    const steps = details.filter((detail) => /signatures|signings/.test(detail));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect(step).toMatch(few);
  });

  it('looks at those alone who wait at an address where another has come', async () => {
    const { store, location } = await open();
    const steps = await queryPlans(location, () => listCrowded(store.read, 5, new Date(0), 50));
    expect(steps.filter((step) => step.includes('signings'))).toEqual([
      expect.stringMatching(/^SEARCH signings USING INDEX signings_unconfirmed \(created_at>\?\)/),
      expect.stringMatching(/^SEARCH signings USING INDEX signings_by_address \(letter_id=\? AND address_index=\?\)/),
    ]);
  });
});
