import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

// PGlite hands bytea out as Uint8Array, node-postgres as Buffer: callers always get a Buffer.
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea', fromDriver: (value) => Buffer.from(value as Uint8Array) });

// The column helpers of PostgreSQL. `columns.sqlite.ts` exports the same names with the same TypeScript types.
export const table = pgTable;
export const id = () => text().primaryKey();
export const int = () => integer();
export const bool = () => boolean();
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
export const json = <T>() => jsonb().$type<T>();
export const bytes = () => bytea();
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  text({ enum: values as unknown as [Values[number], ...Values[number][]] });
export { check, foreignKey, index, primaryKey, sql, text, uniqueIndex };
