import { sql } from 'drizzle-orm';
import { blob, check, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

// The column helpers of SQLite. `columns.postgres.ts` exports the same names with the same TypeScript types.
export const table = sqliteTable;
export const id = () => text().primaryKey();
export const int = () => integer();
export const bool = () => integer({ mode: 'boolean' });
export const instant = () => integer({ mode: 'timestamp_ms' });
export const json = <T>() => text({ mode: 'json' }).$type<T>();
export const bytes = () => blob({ mode: 'buffer' });
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  text({ enum: values as unknown as [Values[number], ...Values[number][]] });
export { check, foreignKey, index, primaryKey, sql, text, uniqueIndex };
