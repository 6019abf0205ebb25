import Database from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, it } from 'vitest';
import { databaseFault } from '../../../db/errors.ts';
import { databaseFile } from '../../../db/open.ts';
import { connectSqlite } from '../../../db/open-sqlite.ts';
import type { Tables, Tx } from '../../../db/store.ts';
import { INSTANT, insertCoalition, insertConsent, insertLetter, insertSignature, insertVersion } from '../../support/rows.ts';
import { describeEachStore, type OpenTestStore, type TestStore } from '../../support/stores.ts';

/** A letter with a version, its text, a signature, a consent and a log entry. */
async function openWithLetter(open: OpenTestStore, sample = false): Promise<TestStore> {
  const opened = await open();
  await opened.store.inTransaction(async (tx) => {
    await insertCoalition(tx);
    await insertLetter(tx, 'let_1', { sample, status: 'open' });
    const version = await insertVersion(tx, 'let_1');
    await tx.update(tx.tables.letters).set({ liveVersionId: version }).where(eq(tx.tables.letters.id, 'let_1'));
    await insertSignature(tx, 'let_1', 'one');
    await insertConsent(tx, 'one', version);
    await tx.insert(tx.tables.auditEntries).values({
      scopeId: 'let_1',
      sequence: 1,
      type: 'letter-frozen',
      at: INSTANT,
      actorKind: 'system',
      commitment: Buffer.alloc(32),
    });
  });
  return opened;
}

async function faultOf(work: Promise<unknown>) {
  try {
    await work;
    return null;
  } catch (error) {
    return databaseFault(error);
  }
}

const FROZEN = ['letterVersions', 'versionTexts', 'consents', 'auditEntries'] as const;
/** A column of each that is no key, and a value to change it to. */
const CHANGES: Record<(typeof FROZEN)[number], (tx: Tx) => PromiseLike<unknown>> = {
  letterVersions: (tx) => tx.update(tx.tables.letterVersions).set({ number: 2 }),
  versionTexts: (tx) => tx.update(tx.tables.versionTexts).set({ canonical: 'The dam may stay.' }),
  consents: (tx) => tx.update(tx.tables.consents).set({ wording: 'consent/2' }),
  auditEntries: (tx) => tx.update(tx.tables.auditEntries).set({ type: 'letter-opened' }),
};

const everything = async (store: TestStore['store']) => {
  const { tables } = store.read;
  const counts: Partial<Record<keyof Tables, number>> = {};
  for (const name of [...FROZEN, 'letters', 'signatures', 'signings'] as const) {
    counts[name] = (await store.read.select({ one: sql`1` }).from(tables[name])).length;
  }
  return counts;
};

// Each is red once its trigger is dropped from the migration.
describeEachStore('what was frozen', (open, engine) => {
  it.each(FROZEN)('is not changed: %s', async (name) => {
    const { store } = await openWithLetter(open);
    expect(await faultOf(store.inTransaction(async (tx) => await CHANGES[name](tx)))).toBe('append-only');
  });

  it.each(FROZEN)('is not deleted: %s', async (name) => {
    const { store } = await openWithLetter(open);
    expect(await faultOf(store.inTransaction((tx) => tx.delete(tx.tables[name])))).toBe('append-only');
    expect((await everything(store))[name]).toBe(1);
  });

  it('is not replaced in place of a clash', async () => {
    const { store } = await openWithLetter(open);
    const replacing = store.inTransaction(async (tx) => {
      const { versionTexts } = tx.tables;
      const [row] = await tx.select().from(versionTexts);
      if (!row) throw new Error('no text');
      const changed = { canonical: 'The dam may stay.' };
      const target = [versionTexts.versionId, versionTexts.language];
      await tx.insert(versionTexts).values(row).onConflictDoUpdate({ target, set: changed });
    });
    expect(await faultOf(replacing)).toBe('append-only');
  });

  it('goes neither with its letter nor with its coalition', async () => {
    const { store } = await openWithLetter(open);
    const before = await everything(store);
    expect(await faultOf(store.inTransaction((tx) => tx.delete(tx.tables.letters)))).toBe('append-only');
    expect(await faultOf(store.inTransaction((tx) => tx.delete(tx.tables.coalitions)))).toBe('append-only');
    expect(await everything(store)).toEqual(before);
  });

  // Red with a trigger that asks the letter instead of its versions.
  it('is not made deletable by what the letter says of itself', async () => {
    const { store } = await openWithLetter(open);
    await store.inTransaction((tx) => tx.update(tx.tables.letters).set({ liveVersionId: null, status: 'draft' }));
    expect(await faultOf(store.inTransaction((tx) => tx.delete(tx.tables.letters)))).toBe('append-only');
    expect(await faultOf(store.inTransaction((tx) => tx.update(tx.tables.letters).set({ sample: true })))).toBe('append-only');
  });

  it('goes, all of it but the log, when it is the sample letter', async () => {
    const { store } = await openWithLetter(open, true);
    await store.inTransaction((tx) => tx.delete(tx.tables.letters).where(eq(tx.tables.letters.id, 'let_1')));
    expect(await everything(store)).toEqual({
      letterVersions: 0,
      versionTexts: 0,
      consents: 0,
      auditEntries: 1,
      letters: 0,
      signatures: 0,
      signings: 0,
    });
  });

  it('does not hold up the deletion of a draft', async () => {
    const { store } = await openWithLetter(open);
    await store.inTransaction((tx) => insertLetter(tx, 'let_2'));
    await store.inTransaction((tx) => tx.delete(tx.tables.letters).where(eq(tx.tables.letters.id, 'let_2')));
    expect(await store.read.select({ id: store.read.tables.letters.id }).from(store.read.tables.letters)).toEqual([{ id: 'let_1' }]);
  });

  if (engine === 'SQLite') {
    const TABLES = ['letters', 'letter_versions', 'version_texts', 'consents', 'audit_entries'];
    // Red without recursive_triggers: REPLACE deletes the old row and no trigger sees it.
    it.each(TABLES)('is not replaced by INSERT OR REPLACE: %s', async (table) => {
      const { location } = await openWithLetter(open);
      const connection = connectSqlite(databaseFile(location.dataDir), 'write');
      const replace = () => connection.exec(`insert or replace into ${table} select * from ${table}`);
      expect(replace).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_TRIGGER' }));
      connection.close();
    });

    it('is replaced on a connection that is not ours: what the setting is for', async () => {
      const { location } = await openWithLetter(open);
      const connection = new Database(databaseFile(location.dataDir));
      expect(connection.prepare('insert or replace into audit_entries select * from audit_entries').run().changes).toBe(1);
      connection.close();
    });
  }

  if (engine === 'PostgreSQL') {
    it.each(['letter_versions', 'version_texts', 'consents', 'audit_entries'])('is not truncated: %s', async (table) => {
      const { location } = await openWithLetter(open);
      const client = new pg.Client({ connectionString: location.databaseUrl ?? '' });
      await client.connect();
      await expect(client.query(`truncate ${table} cascade`)).rejects.toMatchObject({ code: '23001' });
      await client.end();
    });
  }
});

describeEachStore('a whole coalition', (open, engine) => {
  // Red on PostgreSQL while keys without a cascade are checked amid the cascades of others.
  it('goes with all that refers to each other in it', async () => {
    const { store } = await open();
    await store.inTransaction(async (tx) => {
      const { batches, invitations, letters, organisations, signings, signatures } = tx.tables;
      await insertCoalition(tx);
      await insertLetter(tx, 'let_1', { sample: true });
      const version = await insertVersion(tx, 'let_1');
      const organisation = { coalitionId: 'coa_1', name: 'Mill Street Choir', normalisedName: 'mill street choir', createdAt: INSTANT };
      await tx.insert(organisations).values({ id: 'org_1', ...organisation });
      const common = { letterId: 'let_1', createdAt: INSTANT };
      await tx.insert(invitations).values({
        id: 'inv_1',
        coalitionId: 'coa_1',
        organisationId: 'org_1',
        capacity: 'organisation',
        status: 'sent',
        sealed: Buffer.of(1),
        createdBy: 'mem_1',
        ...common,
      });
      await tx.insert(batches).values({ id: 'bat_1', memberId: 'mem_1', means: 'paper', fileHash: '', state: 'active', ...common });
      await insertSignature(tx, 'let_1', 'one', { organisationId: 'org_1', batchId: 'bat_1', capacity: 'organisation' });
      await tx.update(signings).set({ invitationId: 'inv_1', batchId: 'bat_1', vouchedBy: 'mem_1' });
      await insertConsent(tx, 'one', version);
      expect(await tx.select().from(signatures)).toHaveLength(1);
      expect(await tx.select().from(letters)).toHaveLength(1);
    });
    await store.inTransaction((tx) => tx.delete(tx.tables.coalitions));
    const { tables } = store.read;
    for (const name of ['members', 'letters', 'invitations', 'batches', 'signings', 'signatures', 'consents', 'organisations'] as const) {
      expect(await store.read.select({ one: sql`1` }).from(tables[name]), name).toEqual([]);
    }
  });

  it('holds together otherwise', async () => {
    const { store } = await open();
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      await insertLetter(tx, 'let_1');
    });
    expect(await faultOf(store.inTransaction((tx) => tx.delete(tx.tables.members)))).toBe('foreign-key');
    expect(await store.read.select({ one: sql`1` }).from(store.read.tables.members)).toHaveLength(1);
  });

  if (engine === 'PostgreSQL') {
    // A key that a later migration adds is deferred there, by the statement of the first one.
    it('has no key without a cascade that is not checked at the commit', async () => {
      const { location } = await open();
      const client = new pg.Client({ connectionString: location.databaseUrl ?? '' });
      await client.connect();
      const keys = await client.query(
        `select conname from pg_constraint where contype = 'f' and confdeltype = 'a' and not condeferred and connamespace = 'public'::regnamespace`,
      );
      expect(keys.rows).toEqual([]);
      await client.end();
    });
  }
});

describeEachStore('one live signature', (open) => {
  const opened = async () => {
    const { store } = await open();
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      await insertLetter(tx, 'let_1');
      await insertLetter(tx, 'let_2');
      const organisation = { coalitionId: 'coa_1', name: 'Mill Street Choir', normalisedName: 'mill street choir', createdAt: INSTANT };
      await tx.insert(tx.tables.organisations).values({ id: 'org_1', ...organisation });
    });
    return store;
  };

  it('is all an organisation has on a letter', async () => {
    const store = await opened();
    const sign = (name: string, letter: string, status: 'listed' | 'withdrawn' | 'held') =>
      store.inTransaction((tx) => insertSignature(tx, letter, name, { capacity: 'organisation', organisationId: 'org_1', status }));
    expect(await sign('first', 'let_1', 'listed')).toBe(true);
    expect(await sign('second', 'let_1', 'listed')).toBe(false);
    expect(await sign('left', 'let_1', 'withdrawn')).toBe(true);
    expect(await sign('doubtful', 'let_1', 'held')).toBe(true);
    expect(await sign('elsewhere', 'let_2', 'listed')).toBe(true);
  });

  it('is all a name has at an address, and a couple may share one', async () => {
    const store = await opened();
    const [address, ada, ben] = [Buffer.of(1), Buffer.of(2), Buffer.of(3)];
    const sign = (name: string, addressIndex: Buffer | null, nameIndex: Buffer | null) =>
      store.inTransaction((tx) => insertSignature(tx, 'let_1', name, { addressIndex, nameIndex }));
    expect(await sign('ada', address, ada)).toBe(true);
    expect(await sign('ben', address, ben)).toBe(true);
    expect(await sign('ada-again', address, ada)).toBe(false);
    // Without an address nothing tells two people of one name apart.
    expect(await sign('paper-1', null, ada)).toBe(true);
    expect(await sign('paper-2', null, ada)).toBe(true);
  });
});
