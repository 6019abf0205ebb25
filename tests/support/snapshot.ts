import { getTableColumns } from 'drizzle-orm';
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
