import Database from 'better-sqlite3';
import { asc, eq, like, type SQL, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databaseFile } from '../../../db/open.ts';
import * as postgres from '../../../db/schema/columns.postgres.ts';
import * as sqlite from '../../../db/schema/columns.sqlite.ts';
import { INSTANT, insertCoalition, insertLetter, letterRow } from '../../support/rows.ts';
import { describeEachStore } from '../../support/stores.ts';

describeEachStore('the one query layer', (open, engine) => {
  it('gives every type of column back as it was', async () => {
    const { store } = await open();
    const row = letterRow('let_1', {
      namesHidden: true,
      deadlineAt: new Date('2026-12-31T22:59:00.001Z'),
      block: { heading: 'نامه', columns: [1, 2.5, null, true], nested: { quote: '"\\\n' } },
      logFrontier: Buffer.from([0, 1, 127, 128, 255]),
      logSize: 2_147_483_647,
      place: 'Ḩamāh ‏🕊',
    });
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      await tx.insert(tx.tables.letters).values(row);
    });
    const [found] = await store.read.select().from(store.read.tables.letters);
    expect(found).toMatchObject(row);
    expect(found?.logFrontier).toBeInstanceOf(Buffer);
    expect(found?.closedAt).toBeNull();
    expect(found?.printedNames).toBe(false);
  });

  it('keeps empty bytes apart from none', async () => {
    const { store } = await open();
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      await insertLetter(tx, 'let_1', { logFrontier: Buffer.alloc(0) });
      await insertLetter(tx, 'let_2');
    });
    const { letters } = store.read.tables;
    const found = await store.read.select({ frontier: letters.logFrontier }).from(letters).orderBy(asc(letters.id));
    expect(found).toEqual([{ frontier: Buffer.alloc(0) }, { frontier: null }]);
  });

  // The engines differ: SQLite puts NULL first, PostgreSQL last. Without its sort key either line is red on one of them.
  it('puts NULL where a query says', async () => {
    const { store } = await open();
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      for (const [id, deadlineAt] of [
        ['a', null],
        ['b', new Date(2)],
        ['c', new Date(1)],
      ] as const)
        await insertLetter(tx, id, { deadlineAt });
    });
    const { letters } = store.read.tables;
    const inOrder = async (...order: readonly SQL[]) => {
      const rows = await store.read
        .select({ id: letters.id })
        .from(letters)
        .orderBy(...order, asc(letters.deadlineAt));
      return rows.map((row) => row.id).join('');
    };
    expect(await inOrder(sql`${letters.deadlineAt} is null`)).toBe('cba');
    expect(await inOrder(sql`${letters.deadlineAt} is not null`)).toBe('acb');
    expect(await inOrder()).toBe(engine === 'SQLite' ? 'acb' : 'cba');
  });

  // SQLite's LIKE ignores case (of ASCII alone), PostgreSQL's does not: search compares a stored normalised column.
  it('finds the same by LIKE only in a normalised column', async () => {
    const { store } = await open();
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      const row = { id: 'org_1', coalitionId: 'coa_1', name: 'Mill Street Choir', normalisedName: 'mill street choir', createdAt: INSTANT };
      await tx.insert(tx.tables.organisations).values(row);
    });
    const { organisations } = store.read.tables;
    const count = async (where: ReturnType<typeof like>) => (await store.read.select().from(organisations).where(where)).length;
    expect(await count(like(organisations.normalisedName, 'mill%'))).toBe(1);
    expect(await count(like(organisations.name, 'mill%'))).toBe(engine === 'SQLite' ? 1 : 0);
  });

  it('pages by a row value without a gap or a repeat', async () => {
    const { store } = await open();
    const { letters } = store.read.tables;
    const ids = Array.from({ length: 25 }, (_, at) => `let_${String(at).padStart(2, '0')}`);
    await store.inTransaction(async (tx) => {
      await insertCoalition(tx);
      for (const [at, id] of ids.entries()) await insertLetter(tx, id, { updatedAt: new Date(Math.floor(at / 4)) });
    });
    const seen: string[] = [];
    for (let after: { at: Date; id: string } | undefined; ; ) {
      const below = after && sql`(${letters.updatedAt}, ${letters.id}) < (${sql.param(after.at, letters.updatedAt)}, ${after.id})`;
      const page = await store.read
        .select({ id: letters.id, at: letters.updatedAt })
        .from(letters)
        .where(below)
        .orderBy(sql`${letters.updatedAt} desc`, sql`${letters.id} desc`)
        .limit(7);
      if (page.length === 0) break;
      seen.push(...page.map((row) => row.id));
      after = page.at(-1);
    }
    expect(seen).toEqual(ids.toReversed());
  });

  if (engine === 'SQLite') {
    // The form `a < ? or (a = ? and id < ?)` is the negative control: it finds by half the key.
    it('walks one index for a page in the row-value form', async () => {
      const { location } = await open();
      const connection = new Database(databaseFile(location.dataDir), { readonly: true });
      const planOf = (where: string) =>
        connection
          .prepare(
            `explain query plan select id from letters where coalition_id = 'c' and ${where} order by updated_at desc, id desc limit 50`,
          )
          .all()
          .map((row) => (row as { detail: string }).detail)
          .join('\n');
      expect(planOf(`(updated_at, id) < (5, 'x')`)).toMatch(
        /^SEARCH letters USING (COVERING )?INDEX letters_by_coalition \(coalition_id=\? AND \(updated_at,id\)<\(\?,\?\)\)$/,
      );
      expect(planOf(`(updated_at < 5 or (updated_at = 5 and id < 'x'))`)).not.toContain('(updated_at,id)');
      connection.close();
    });
  }

  it('tells by RETURNING which rows were changed', async () => {
    const { store } = await open();
    const { rateCounters } = store.read.tables;
    const changed = await store.inTransaction((tx) =>
      tx
        .update(rateCounters)
        .set({ count: 1 })
        .where(eq(rateCounters.key, Buffer.of(1)))
        .returning(),
    );
    expect(changed).toEqual([]);
  });
});

type Equal<One, Two> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Two ? 1 : 2 ? true : false;

// The tables of PostgreSQL are cast to SQLite's types: this is what makes the cast true. Both make one table of every helper.
const sqliteTable = sqlite.table('every_type', {
  id: sqlite.id(),
  text: sqlite.text().notNull(),
  int: sqlite.int().notNull().default(0),
  bool: sqlite.bool().notNull(),
  instant: sqlite.instant(),
  json: sqlite.json<{ readonly a: number }>().notNull(),
  bytes: sqlite.bytes(),
  choice: sqlite.choice(['one', 'two']).notNull(),
});
const postgresTable = postgres.table('every_type', {
  id: postgres.id(),
  text: postgres.text().notNull(),
  int: postgres.int().notNull().default(0),
  bool: postgres.bool().notNull(),
  instant: postgres.instant(),
  json: postgres.json<{ readonly a: number }>().notNull(),
  bytes: postgres.bytes(),
  choice: postgres.choice(['one', 'two']).notNull(),
});
const otherTable = postgres.table('other', { id: postgres.id(), instant: postgres.text() });
const sqliteOther = sqlite.table('other', { id: sqlite.id(), instant: sqlite.instant() });

describe('the column helpers of both engines', () => {
  it('have the same types', () => {
    const selects: Equal<typeof sqliteTable.$inferSelect, typeof postgresTable.$inferSelect> = true;
    const inserts: Equal<typeof sqliteTable.$inferInsert, typeof postgresTable.$inferInsert> = true;
    // @ts-expect-error a helper with another type is noticed
    const control: Equal<typeof sqliteOther.$inferSelect, typeof otherTable.$inferSelect> = true;
    expect([selects, inserts, control]).toEqual([true, true, true]);
  });

  it('are the same set', () => {
    expect(Object.keys(postgres).sort()).toEqual(Object.keys(sqlite).sort());
  });
});
