import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { databaseFile } from '../../../db/open.ts';
import { hasLiveOrganisation, hasLivePerson, listOutcomes, listOutcomesOfPerson } from '../../../db/queries/live-entries.ts';
import type { Reader } from '../../../db/store.ts';
import { queryPlans } from '../../support/query-plans.ts';
import { describeSqlite } from '../../support/stores.ts';

/*
 * What is asked at every confirmation must not look through the list: with a hundred thousand entries that took four times as long as all
 * the rest. SQLite takes a partial index only where the query says its condition word for word.
 */
const none = Buffer.alloc(32);
const asked: Readonly<Record<string, (read: Reader) => Promise<unknown>>> = {
  'an organisation': (read) => hasLiveOrganisation(read, 'let_1', 'org_1', ''),
  'a person': (read) => hasLivePerson(read, 'let_1', none, none),
  'every entry of a person': (read) => listOutcomesOfPerson(read, 'let_1', { addressIndex: none, nameIndex: none }, null),
  'what was signed by an invitation or a person': (read) =>
    listOutcomes(read, 'let_1', { invitationId: 'inv_1', person: { addressIndex: none, nameIndex: none } }),
};

describeSqlite('whether somebody has an entry already', (open) => {
  it.each(Object.entries(asked))('is found by an index: %s', async (_, ask) => {
    const { store, location } = await open();
    const rows = new Database(databaseFile(location.dataDir));
    rows.pragma('foreign_keys = OFF');
    const act = {
      id: 'sgn_1',
      letter_id: 'let_1',
      invitation_id: 'inv_1',
      address_index: none,
      sealed: none,
      created_at: 1,
      confirmed_at: 1,
    };
    const named = { ...act, origin: 'online', proof: 'invitation', wording: 'test', language: 'en' };
    const names = Object.keys(named);
    rows.prepare(`insert into signings (${names.join()}) values (${names.map((name) => `@${name}`).join()})`).run(named);
    rows.close();
    const details = await queryPlans(location, () => ask(store.read));
    expect(details.length).toBeGreaterThan(0);
    for (const detail of details)
      expect(detail).toMatch(
        /USING INDEX (?:signatures_live|signings_by_(?:address|invitation)|signatures_by_signing)|^(?:COMPOUND QUERY|LEFT-MOST SUBQUERY|UNION ALL)$/,
      );
  });
});
