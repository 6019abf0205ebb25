import type * as SqliteColumns from './columns.sqlite.ts';
import { defineLetters } from './tables/letters.ts';
import { definePeople } from './tables/people.ts';
import { defineRecords } from './tables/records.ts';
import { defineSignatures } from './tables/signatures.ts';

export type Columns = typeof SqliteColumns;

/** Every table, defined once; each engine passes its own column helpers in. */
export function defineTables(c: Columns) {
  const people = definePeople(c);
  const records = defineRecords(c);
  const letters = defineLetters(c, people, records);
  return { ...people, ...letters, ...defineSignatures(c, people, letters), ...records };
}
