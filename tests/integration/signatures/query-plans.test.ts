import { sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, it } from 'vitest';
import { listLettersToRank, listUnranked, listUnrankedByIds, storeRanks } from '../../../db/queries/ranked.ts';
import { listCrowded, listLapsed, listUnreminded } from '../../../db/queries/unconfirmed.ts';
import type { Store, Tx } from '../../../db/store.ts';
import { foundTestCoalition } from '../../support/coalition.ts';
import { NOW, openLetterIn } from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { queryPlans } from '../../support/query-plans.ts';
import { addEntries } from '../../support/ranked.ts';
import { describeEachStore, describeSqlite, testInstance } from '../../support/stores.ts';

/*
 * What is asked for each newcomer, or every half minute, must not look through everybody who is listed or has signed. Where it has not
 * counted the rows SQLite takes the index that more columns of a question agree with, as the one by status: with a hundred thousand each
 * took 17 to 46 ms.
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

/** Ten thousand who stand in their place under one letter, and as many under another whose list nobody ranks. */
const copied = (waiting: string, ranked: string) => `
  insert into signatures select (jsonb_populate_record(one, jsonb_build_object(
      'id', one.id || '-' || entry, 'position', 10 + entry, 'rank', case when one.letter_id = '${ranked}' then '0' || entry end))).*
    from signatures one, generate_series(1, 10000) entry where one.position = 1 and one.letter_id in ('${waiting}', '${ranked}');
  analyze`;

/** Rows of signatures that the transaction has read so far. */
async function rowsRead(tx: Tx): Promise<number> {
  const read = sql<string>`(select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'signatures')`;
  const [row] = await tx.select({ read }).from(tx.tables.letters).limit(1);
  return Number(row?.read);
}

describeEachStore('who waits for a place in a list', (open, engine) => {
  // Red on PostgreSQL where they are asked for by their position alone: it counts on as many here as wait elsewhere.
  it('is found without a look through those who have one', async () => {
    const { store, location } = await open();
    const instance = testInstance(store);
    const { scope } = await foundTestCoalition(instance, NOW);
    const waiting = await openLetterIn(instance, scope, letterInput(), NOW);
    const ranked = await openLetterIn(instance, scope, letterInput(), NOW);
    for (const letter of [waiting, ranked]) await addEntries(letter, [{ capacity: 'personal', name: 'Vera Alba' }]);
    const server = engine === 'PostgreSQL';
    if (server) {
      const client = new pg.Client({ connectionString: location.databaseUrl ?? '' });
      await client.connect();
      await client.query(copied(waiting.letterId, ranked.letterId)).finally(() => client.end());
    }
    await store.inTransaction(async (tx) => {
      const before = server ? await rowsRead(tx) : 0;
      expect((await listUnranked(tx, ranked.letterId, 64)).map(({ position }) => position)).toEqual([1]);
      expect((server ? await rowsRead(tx) : 0) - before).toBeLessThan(10);
    });
  });
});
