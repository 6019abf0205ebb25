import Database from 'better-sqlite3';
import { and, asc, eq } from 'drizzle-orm';
import pg from 'pg';
import { expect, it } from 'vitest';
import { databaseFile } from '../../db/open.ts';
import { listAuditEntries } from '../../db/queries/audit.ts';
import { appendAudit } from '../../lib/audit/append.ts';
import { rootOf } from '../../lib/audit/frontier.ts';
import { verifyLog } from '../../lib/audit/verify.ts';
import type { Instance } from '../../lib/instance.ts';
import { testKeys } from '../support/keys.ts';
import { INSTANT, insertCoalition, insertLetter } from '../support/rows.ts';
import { describeEachStore, type OpenTestStore, type TestStore, testInstance } from '../support/stores.ts';

const LETTER = { kind: 'letter', id: 'let_1' } as const;
const COALITION = { kind: 'coalition', id: 'coa_1' } as const;
const SYSTEM = { kind: 'system', id: null } as const;

async function prepare(open: OpenTestStore): Promise<TestStore & { instance: Instance }> {
  const opened = await open();
  await opened.store.inTransaction(async (tx) => {
    await insertCoalition(tx);
    await insertLetter(tx, 'let_1');
  });
  return { ...opened, instance: testInstance(opened.store) };
}

const append = (instance: Instance, number: number, scope: typeof LETTER | typeof COALITION = LETTER) =>
  instance.store.inTransaction(async (tx) => {
    const event = { scope, type: 'signed', actor: SYSTEM, record: { number, name: 'Zoë کاوه' } } as const;
    await appendAudit(tx, instance, event, new Date(INSTANT.getTime() + number));
  });

async function appendMany(instance: Instance, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await append(instance, number);
}

const sequencesOf = async (instance: Instance) => {
  const { auditEntries } = instance.store.read.tables;
  const rows = await instance.store.read
    .select({ sequence: auditEntries.sequence })
    .from(auditEntries)
    .where(eq(auditEntries.scopeId, 'let_1'))
    .orderBy(asc(auditEntries.sequence));
  return rows.map((row) => row.sequence);
};

/** Does what the triggers forbid, as somebody with the database in hand could. */
async function tamper({ engine, location }: TestStore, statement: string): Promise<void> {
  if (engine === 'SQLite') {
    const connection = new Database(databaseFile(location.dataDir));
    connection.exec('drop trigger if exists audit_entries_no_update; drop trigger if exists audit_entries_no_delete');
    connection.exec(statement);
    connection.close();
    return;
  }
  const client = new pg.Client({ connectionString: location.databaseUrl ?? '' });
  await client.connect();
  await client.query('alter table audit_entries disable trigger user');
  await client.query(statement);
  await client.end();
}

describeEachStore('the log', (open, engine) => {
  it('numbers 200 entries that come at once without a gap, and has the root of all', async () => {
    const { instance } = await prepare(open);
    await Promise.all(Array.from({ length: 200 }, (_, at) => append(instance, at)));
    expect(await sequencesOf(instance)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    const verified = await verifyLog(instance.store.read, instance.keys, LETTER);
    const { letters } = instance.store.read.tables;
    const [letter] = await instance.store.read.select().from(letters);
    expect(letter?.logSize).toBe(200);
    expect(verified).toEqual({ ok: true, value: { size: 200, root: rootOf(letter?.logFrontier ?? Buffer.alloc(0)), erased: 0 } });
  });

  it('has no gap where a transaction failed', async () => {
    const { instance } = await prepare(open);
    const failing = (number: number) =>
      instance.store.inTransaction(async (tx) => {
        await appendAudit(tx, instance, { scope: LETTER, type: 'signed', actor: SYSTEM, record: { number } }, INSTANT);
        throw new Error('no');
      });
    await Promise.allSettled(Array.from({ length: 21 }, (_, at) => (at % 3 === 1 ? failing(at) : append(instance, at))));
    expect(await sequencesOf(instance)).toEqual(Array.from({ length: 14 }, (_, at) => at + 1));
    expect(await verifyLog(instance.store.read, instance.keys, LETTER)).toMatchObject({ ok: true, value: { size: 14 } });
  });

  it('is one for each letter and coalition', async () => {
    const { instance } = await prepare(open);
    await append(instance, 1);
    await append(instance, 1, COALITION);
    await append(instance, 2, COALITION);
    expect(await verifyLog(instance.store.read, instance.keys, LETTER)).toMatchObject({ ok: true, value: { size: 1 } });
    expect(await verifyLog(instance.store.read, instance.keys, COALITION)).toMatchObject({ ok: true, value: { size: 2 } });
    const none = { kind: 'letter', id: 'let_none' } as const;
    expect(await verifyLog(instance.store.read, instance.keys, none)).toEqual({ ok: false, reason: { kind: 'no-log' } });
    await expect(
      instance.store.inTransaction((tx) => appendAudit(tx, instance, { scope: none, type: 'signed', actor: SYSTEM, record: {} }, INSTANT)),
    ).rejects.toThrow('no letter let_none');
  });

  it('stays provable when records are erased, and is read by pages', async () => {
    const { instance } = await prepare(open);
    await Promise.all(Array.from({ length: 205 }, (_, at) => append(instance, at)));
    const { auditRecords } = instance.store.read.tables;
    await instance.store.inTransaction((tx) => tx.delete(auditRecords).where(eq(auditRecords.sequence, 3)));
    expect(await verifyLog(instance.store.read, instance.keys, LETTER)).toMatchObject({ ok: true, value: { size: 205, erased: 1 } });
    expect(await listAuditEntries(instance.store.read, 'let_1')).toHaveLength(200);
  });

  it('shows a record that was exchanged, or sealed by other keys', async () => {
    const { instance } = await prepare(open);
    await appendMany(instance, 5);
    const other = await verifyLog(instance.store.read, testKeys('other'), LETTER);
    expect(other).toEqual({ ok: false, reason: { kind: 'wrong-record', sequence: 1 } });
    await instance.store.inTransaction(async (tx) => {
      const { auditRecords } = tx.tables;
      const fourth = and(eq(auditRecords.scopeId, 'let_1'), eq(auditRecords.sequence, 4));
      await tx
        .update(auditRecords)
        .set({ salt: Buffer.alloc(32) })
        .where(fourth);
    });
    const exchanged = await verifyLog(instance.store.read, instance.keys, LETTER);
    expect(exchanged).toEqual({ ok: false, reason: { kind: 'wrong-record', sequence: 4 } });
  });

  if (engine !== 'PGlite') {
    it.each([
      ['an entry that was taken out', 'delete from audit_entries where sequence = 3', { kind: 'missing-entry', sequence: 3 }],
      ['a last entry that was taken out', 'delete from audit_entries where sequence = 7', { kind: 'missing-entry', sequence: 7 }],
      // Seven entries are trees of 4, 2 and 1: the range is that of the tree.
      ['a changed type', `update audit_entries set type = 'x' where sequence = 6`, { kind: 'changed-entry', first: 5, last: 6 }],
      [
        'a changed actor of the last',
        `update audit_entries set actor_id = 'x' where sequence = 7`,
        { kind: 'changed-entry', first: 7, last: 7 },
      ],
      ['a changed frontier', `update letters set log_frontier = null`, { kind: 'changed-entry', first: 1, last: 4 }],
    ] as const)('shows %s', async (_, statement, reason) => {
      const opened = await prepare(open);
      await appendMany(opened.instance, 7);
      await tamper(opened, statement);
      expect(await verifyLog(opened.instance.store.read, opened.instance.keys, LETTER)).toEqual({ ok: false, reason });
    });
  }
});
