import { and, eq, getTableColumns, lte } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Reader } from '../../db/store.ts';

/**
 * Every row of the database, a line each. Left out is the closed list of what looking may change: rate counters, and when a session was
 * last seen.
 */
export async function snapshot(read: Reader): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [name, table] of Object.entries(read.tables)) {
    if (name === 'rateCounters') continue;
    const columns = Object.keys(getTableColumns(table));
    for (const row of await read.select().from(table)) {
      const values = row as Readonly<Record<string, unknown>>;
      const shown = columns.filter((column) => !(name === 'sessions' && column === 'seenAt')).map((column) => [column, values[column]]);
      lines.push(`${name} ${JSON.stringify(Object.fromEntries(shown))}`);
    }
  }
  return lines.sort();
}

/** The same beside a running server, once it has seen to every mail that is due: those that it gathers for a second would change meanwhile. */
export async function settledSnapshot(read: Reader): Promise<readonly string[]> {
  const { outbox } = read.tables;
  const due = () =>
    read
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.state, 'queued'), lte(outbox.runAt, new Date())));
  await expect.poll(due, { timeout: 15_000, interval: 100 }).toEqual([]);
  return await snapshot(read);
}
