import { addToAddendumCounts, addToCounts } from '../../db/queries/signatures.ts';
import type { Capacity } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';

export interface Counted {
  readonly capacity: Capacity;
  /** Left out where the letter has not been delivered. */
  readonly addendum?: string | null;
}

/** Keeps the letter's counters of listed entries, and of those in an addendum. */
export async function countListed(tx: Tx, letterId: string, rows: readonly Counted[], by: 1 | -1): Promise<void> {
  const late = inAddenda(rows);
  if (rows.length > 0) await addToCounts(tx, letterId, byCapacity(rows, by));
  if (late.length > 0) await addToAddendumCounts(tx, letterId, byCapacity(late, by));
}

export const inAddenda = (rows: readonly Counted[]): readonly Counted[] => rows.filter(({ addendum = null }) => addendum !== null);

export const byCapacity = (rows: readonly Counted[], by: 1 | -1) => ({
  organisations: by * rows.filter((row) => row.capacity === 'organisation').length,
  persons: by * rows.filter((row) => row.capacity === 'personal').length,
});
