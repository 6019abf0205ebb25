import {
  and,
  asc,
  type Column,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  ne,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type Given, prepared, preparedShape } from '../prepared.ts';
import type { Capacity, LetterStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';
import { isOneOf, type Listed, sizeOf, valuesOf } from './id-lists.ts';
import type { LetterRow } from './letters.ts';
import { type PrintableSignature, printable } from './printing.ts';

/** Whose ranks these are: one section of one ranking. Its entries may be of either capacity, or of one. */
export interface RankedSection {
  readonly letterId: string;
  readonly capacities: readonly Capacity[];
}

export type RankedSignature = PrintableSignature & { readonly rank: string };

// Word for word as the index has it: by a value that comes with the statement SQLite would find the index only once it has compiled twice.
const isListed = ({ tables: { signatures } }: Reader): SQL => sql`${signatures.status} = 'listed'`;

/** Entries between two ranks, in their order; only where they may show at this moment, in public. */
export async function listRanked(
  db: Reader,
  { letterId, capacities }: RankedSection,
  between: {
    readonly after: string;
    readonly before: string;
    readonly limit: number;
    /** All of it stands in the search text, each as it is: letters, digits and spaces. */
    readonly words?: readonly string[];
  },
): Promise<readonly RankedSignature[]> {
  const { signatures } = db.tables;
  const { limit, words = [] } = between;
  const found: RankedSignature[] = [];
  // Each capacity is a stretch of the index of its own.
  for (const capacity of capacities) {
    const where = and(
      eq(signatures.capacity, capacity),
      gt(signatures.rank, between.after),
      lt(signatures.rank, between.before),
      eq(signatures.publication, 'public'),
      isListed(db),
      ...words.map((word) => like(signatures.searchText, `%${word}%`)),
    );
    const rows = await printable(db, letterId, where).orderBy(asc(signatures.rank)).limit(limit);
    found.push(...rows.flatMap((row) => (row.rank === null ? [] : [{ ...row, rank: row.rank }])));
  }
  if (capacities.length > 1) found.sort((left, right) => (left.rank < right.rank ? -1 : 1));
  return found.slice(0, limit);
}

/**
 * How far a look through a list may go: the rank of so many entries on, or null where the section ends before. Of entries of either
 * capacity the nearer one.
 */
export async function findRankAfter(
  db: Reader,
  { letterId, capacities }: RankedSection,
  between: { readonly after: string; readonly before: string; readonly entries: number },
): Promise<string | null> {
  const { signatures } = db.tables;
  let nearest: string | null = null;
  for (const capacity of capacities) {
    const [row] = await db
      .select({ rank: signatures.rank })
      .from(signatures)
      .where(
        and(
          eq(signatures.letterId, letterId),
          eq(signatures.capacity, capacity),
          isListed(db),
          gt(signatures.rank, between.after),
          lt(signatures.rank, between.before),
        ),
      )
      .orderBy(asc(signatures.rank))
      .limit(1)
      .offset(between.entries - 1);
    if (row && row.rank !== null && (nearest === null || row.rank < nearest)) nearest = row.rank;
  }
  return nearest;
}

/** Bounds of a look: `from` is among them, or is not, as the look goes. */
interface NearRank {
  readonly letterId: string;
  readonly capacity: Capacity;
  readonly from: string;
  readonly below: string;
}

function inStretch(db: Reader, given: Given<NearRank>) {
  const { letterId, capacity, rank } = db.tables.signatures;
  return and(
    eq(letterId, given('letterId', letterId)),
    eq(capacity, given('capacity', capacity)),
    isListed(db),
    gte(rank, given('from', rank)),
    lt(rank, given('below', rank)),
  );
}

const nearRank = prepared((db: Reader, given: Given<NearRank>) => {
  const { signatures } = db.tables;
  const { rank } = signatures;
  return db.select({ id: signatures.id, rank }).from(signatures).where(inStretch(db, given)).orderBy(asc(rank)).limit(1);
});

/** The first entry from a rank on, this side of a bound. */
export async function findNearRank(
  db: Reader,
  { letterId, capacities }: RankedSection,
  { from, below }: { readonly from: string; readonly below: string },
): Promise<{ readonly id: string; readonly rank: string } | null> {
  let nearest: { readonly id: string; readonly rank: string } | null = null;
  for (const capacity of capacities) {
    const [row] = await nearRank(db, { letterId, capacity, from, below });
    if (!row || row.rank === null) continue;
    if (nearest === null || row.rank < nearest.rank) nearest = { id: row.id, rank: row.rank };
  }
  return nearest;
}

/** An entry that stands in its place, as far as its neighbours are asked about it. */
export interface PlacedEntry {
  readonly id: string;
  readonly rank: string;
  readonly position: number;
  readonly batchId: string | null;
  readonly sealed: Buffer;
}

const placedBetween = preparedShape((db: Reader, given: Given<NearRank>, backwards: boolean, most: number) => {
  const { signatures } = db.tables;
  const { id, rank, position, batchId, sealed } = signatures;
  return db
    .select({ id, rank, position, batchId, sealed })
    .from(signatures)
    .where(inStretch(db, given))
    .orderBy(backwards ? desc(rank) : asc(rank))
    .limit(most);
});

/**
 * Those entries of a stretch that come first, or last; in the order of their ranks.
 * @param most of the code's own numbers: for each one a query is kept
 */
export async function listPlacedBetween(
  db: Reader,
  { letterId, capacities }: RankedSection,
  stretch: { readonly from: string; readonly below: string; readonly most: number; readonly last?: boolean },
): Promise<readonly PlacedEntry[]> {
  const { from, below, most, last = false } = stretch;
  const found: PlacedEntry[] = [];
  for (const capacity of capacities) {
    const rows = await placedBetween(db, [last, most], { letterId, capacity, from, below });
    found.push(...rows.flatMap((row) => (row.rank === null ? [] : [{ ...row, rank: row.rank }])));
  }
  found.sort((left, right) => (left.rank < right.rank ? -1 : 1));
  return last ? found.slice(-most) : found.slice(0, most);
}

const unrankedByIds = preparedShape((db: Reader, given: Given<Listed & { readonly letterId: string }>, size: number) => {
  const { signatures } = db.tables;
  const { letterId, publication, rank, id } = signatures;
  const waits = and(isListed(db), sql`${publication} = 'public'`, isNull(rank));
  return printable(db, given('letterId', letterId) as SQL<string>, and(waits, isOneOf(id, given as Given<Listed>, size)));
});

/** Of these entries those that `listUnranked` would still name. */
export async function listUnrankedByIds(db: Reader, letterId: string, ids: readonly string[]): Promise<readonly PrintableSignature[]> {
  return ids.length === 0 ? [] : await unrankedByIds(db, [sizeOf(ids)], { ...valuesOf(ids), letterId });
}

const unranked = preparedShape((db: Reader, given: Given<{ readonly letterId: string }>, limit: number) => {
  const { signatures } = db.tables;
  const { letterId, publication, rank, position } = signatures;
  // By the rank first, which is null of them all: PostgreSQL takes no index for ordered after a column that is, and without an order it
  // would look through the list by its positions.
  return printable(db, given('letterId', letterId), and(isListed(db), sql`${publication} = 'public'`, isNull(rank)))
    .orderBy(asc(rank), asc(position))
    .limit(limit);
});

/**
 * Entries that everybody may see and that have no rank yet, in the order of signing.
 * @param limit of the code's own numbers: for each one a query is kept
 */
export async function listUnranked(db: Reader, letterId: string, limit: number): Promise<readonly PrintableSignature[]> {
  return await unranked(db, [limit], { letterId });
}

export interface NewRank {
  readonly id: string;
  readonly rank: string;
  readonly printedName: string;
  readonly searchText: string;
}

const rankStorage = preparedShape((tx: Tx, given: Given<Listed & { readonly letterId: string }>, size: number) => {
  const { signatures } = tx.tables;
  const each = given as Given<Listed>;
  const chosen = (what: string, column: Column) => {
    const cases = Array.from({ length: size }, (_, at) => sql`when ${each(`id${at}`, signatures.id)} then ${each(`${what}${at}`, column)}`);
    return sql<string>`case ${signatures.id} ${sql.join(cases, sql` `)} end`;
  };
  return tx
    .update(signatures)
    .set({
      rank: chosen('rank', signatures.rank),
      printedName: chosen('printedName', signatures.printedName),
      searchText: chosen('searchText', signatures.searchText),
    })
    .where(
      and(
        isOneOf(signatures.id, each, size),
        // As words and not as columns: SQLite would look through everybody who is listed in place of the few that are named.
        sql`${signatures.letterId} || '' = ${given('letterId', signatures.letterId)}`,
        sql`${signatures.status} || '' = 'listed'`,
        eq(signatures.publication, 'public'),
      ),
    );
});

/** Writes some hundred ranks in one statement, each on an entry that is listed and public. */
export async function storeRanks(tx: Tx, letterId: string, ranks: readonly NewRank[]): Promise<void> {
  if (ranks.length === 0) return;
  const ids = ranks.map(({ id }) => id);
  const size = sizeOf(ids);
  const values: Record<string, unknown> = { letterId, ...valuesOf(ids) };
  for (let at = 0; at < size; at++) {
    const { rank, printedName, searchText } = ranks[Math.min(at, ranks.length - 1)] as NewRank;
    Object.assign(values, { [`rank${at}`]: rank, [`printedName${at}`]: printedName, [`searchText${at}`]: searchText });
  }
  await rankStorage(tx, [size], values as Listed & { readonly letterId: string });
}

/** Takes the ranks of some hundred entries, and what was printed of them. */
export async function clearRanks(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { signatures } = tx.tables;
  await tx
    .update(signatures)
    .set({ rank: null, printedName: null, searchText: null })
    .where(inArray(signatures.id, [...ids]));
}

/** Empties what was printed of some entries of a letter. @returns how many */
export async function emptyRanks(tx: Tx, letterId: string, limit: number): Promise<number> {
  const { signatures } = tx.tables;
  const rows = await tx
    .select({ id: signatures.id })
    .from(signatures)
    .where(
      and(
        eq(signatures.letterId, letterId),
        isListed(tx),
        inArray(signatures.capacity, ['organisation', 'personal']),
        isNotNull(signatures.rank),
      ),
    )
    .limit(limit);
  const ids = rows.map(({ id }) => id);
  await clearRanks(tx, ids);
  return rows.length;
}

/** Which letters may show names to everybody: decided anew by `isPublic` for each of them. */
const shows = (db: Reader, statuses: readonly LetterStatus[], now: SQL<Date>): SQL | undefined => {
  const { letters } = db.tables;
  return and(
    isNull(letters.deletedAt),
    eq(letters.namesHidden, false),
    inArray(letters.status, [...statuses]),
    or(eq(letters.release, 'public'), lte(letters.releaseAt, now)),
  );
};

interface Asked {
  readonly statuses: readonly LetterStatus[];
  readonly now: Date;
  /** Of the code's own numbers: for each one a query is kept. */
  readonly limit: number;
}

const toRank = preparedShape(
  (db: Reader, given: Given<{ readonly now: Date }>, statuses: readonly LetterStatus[], limit: number, sortedBy: string) => {
    const { letters } = db.tables;
    const waits = sql`exists (select 1 from signatures where signatures.letter_id = ${letters.id} and signatures.status = 'listed' and signatures.publication = 'public' and signatures.rank is null)`;
    const undone = or(isNull(letters.rankedAs), sql`${letters.rankedAs} not like ${`${sortedBy}-%`}`, waits);
    return db
      .select()
      .from(letters)
      .where(and(shows(db, statuses, given('now', letters.releaseAt)), undone))
      .limit(limit);
  },
);

/** Letters whose list shows and is not ranked, or not by the sorting of this version, or has entries without a rank. */
export async function listLettersToRank(db: Reader, asked: Asked & { readonly sortedBy: string }): Promise<readonly LetterRow[]> {
  const { statuses, limit, sortedBy, now } = asked;
  return await toRank(db, [statuses, limit, sortedBy], { now });
}

const toEmpty = preparedShape((db: Reader, given: Given<{ readonly now: Date }>, statuses: readonly LetterStatus[], limit: number) => {
  const { letters } = db.tables;
  return db
    .select()
    .from(letters)
    .where(
      and(
        eq(letters.printedNames, true),
        or(
          isNotNull(letters.deletedAt),
          eq(letters.namesHidden, true),
          notInArray(letters.status, [...statuses]),
          and(ne(letters.release, 'public'), or(isNull(letters.releaseAt), gt(letters.releaseAt, given('now', letters.releaseAt)))),
        ),
      ),
    )
    .limit(limit);
});

/** Letters whose names don't show any more, and are still written beside their entries. */
export async function listLettersToEmpty(db: Reader, { statuses, limit, now }: Asked): Promise<readonly LetterRow[]> {
  return await toEmpty(db, [statuses, limit], { now });
}

/** Says by what a letter's list is ranked. */
export async function markRanked(
  tx: Tx,
  letterId: string,
  change: Partial<Pick<LetterRow, 'rankedAs' | 'rankGeneration' | 'printedNames'>>,
): Promise<LetterRow | null> {
  const { letters } = tx.tables;
  const [row] = await tx.update(letters).set(change).where(eq(letters.id, letterId)).returning();
  return row ?? null;
}
