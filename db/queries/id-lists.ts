import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Given } from '../prepared.ts';

/**
 * Lists of ids in queries that are kept. They are filled up with their last one to a power of two, so that there are few queries, and
 * none of a length that a visitor chose.
 */
export type Listed = Readonly<Record<string, unknown>>;

export const sizeOf = (ids: readonly string[]): number => 2 ** Math.ceil(Math.log2(ids.length));

export const valuesOf = (ids: readonly string[]): Listed =>
  Object.fromEntries(Array.from({ length: sizeOf(ids) }, (_, at) => [`id${at}`, ids[Math.min(at, ids.length - 1)]]));

/** True of those whose id is in the list. */
export function isOneOf(id: Column, given: Given<Listed>, size: number): SQL {
  const each = Array.from({ length: size }, (_, at) => given(`id${at}`, id));
  return sql`${id} in (${sql.join(each, sql`, `)})`;
}
