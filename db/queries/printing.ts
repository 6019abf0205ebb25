import { and, asc, between, count, eq, gt, inArray, isNull, lte, ne, or, type SQL } from 'drizzle-orm';
import type { Capacity, PublicationChoice } from '../schema/values.ts';
import type { Reader } from '../store.ts';

/** The last place taken in a letter's order of signing: a long read stops there, whoever signs meanwhile. 0 where nobody signed. */
export async function findSignatureBound(db: Reader, letterId: string): Promise<number> {
  const { letters } = db.tables;
  const [row] = await db.select({ last: letters.signatureSequence }).from(letters).where(eq(letters.id, letterId)).limit(1);
  return row?.last ?? 0;
}

/** The policies of a letter as they are stored; null where there is no such letter. */
export async function findStoredPolicies(db: Reader, letterId: string): Promise<unknown> {
  const { letters } = db.tables;
  const [row] = await db.select({ policies: letters.policies }).from(letters).where(eq(letters.id, letterId)).limit(1);
  return row?.policies ?? null;
}

export interface PrintableSignature {
  readonly id: string;
  /** The batch it was imported with; null where it was signed here. */
  readonly batchId: string | null;
  readonly position: number;
  /** Put by hand; null where the section's own order places it. */
  readonly place: number | null;
  readonly capacity: Capacity;
  readonly publication: PublicationChoice;
  readonly sealed: Buffer;
  /** Its stored place in the list; null where it has none yet. */
  readonly rank: string | null;
  /** The day of the addendum it stands in; null of the list itself. */
  readonly addendum: string | null;
}

/** One chunk of the listed signatures of a letter whose names may show, by position; those of a batch only once it is active. */
export async function listPrintableSignatures(
  db: Reader,
  letterId: string,
  page: { readonly capacity?: Capacity | undefined; readonly after: number; readonly asOf: number; readonly limit: number },
): Promise<readonly PrintableSignature[]> {
  const { signatures } = db.tables;
  return await printable(
    db,
    letterId,
    and(
      page.capacity === undefined ? undefined : eq(signatures.capacity, page.capacity),
      gt(signatures.position, page.after),
      lte(signatures.position, page.asOf),
    ),
  )
    .orderBy(asc(signatures.position))
    .limit(page.limit);
}

/** The listed signatures at some hundreds of positions at most, in no order; those of a batch only once it is active. */
export async function listPrintableAt(db: Reader, letterId: string, positions: readonly number[]): Promise<readonly PrintableSignature[]> {
  const { position } = db.tables.signatures;
  const [first, last] = [positions[0] ?? 0, positions.at(-1) ?? 0];
  // In the order of signing they are neighbours: a range is found quicker than each by itself.
  const neighbours = last - first + 1 === positions.length && positions.every((each, index) => each === first + index);
  return await printable(db, letterId, neighbours ? between(position, first, last) : inArray(position, [...positions]));
}

/** Listed entries of a letter whose names may show, at this moment. */
export function printable(db: Reader, letterId: string | SQL<string>, where: ReturnType<typeof and>) {
  const { signatures, batches, letters } = db.tables;
  return (
    db
      .select({
        id: signatures.id,
        batchId: signatures.batchId,
        position: signatures.position,
        place: signatures.place,
        capacity: signatures.capacity,
        publication: signatures.publication,
        sealed: signatures.sealed,
        rank: signatures.rank,
        addendum: signatures.addendum,
      })
      .from(signatures)
      // Asked anew with every chunk: a long list that is being written ends where its names are hidden.
      .innerJoin(letters, and(eq(letters.id, signatures.letterId), eq(letters.namesHidden, false), ne(letters.status, 'withdrawn')))
      .leftJoin(batches, eq(batches.id, signatures.batchId))
      .where(
        and(
          eq(signatures.letterId, letterId),
          eq(signatures.status, 'listed'),
          or(isNull(signatures.batchId), eq(batches.state, 'active')),
          where,
        ),
      )
  );
}

/**
 * How many listed entries chose what, among those at places above `after` up to `upTo`; those of a batch only once it is active. Entries
 * are counted while their names are hidden as well.
 */
export async function countPublicationsBetween(
  db: Reader,
  letterId: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<readonly { readonly publication: PublicationChoice; readonly entries: number }[]> {
  const { signatures, batches } = db.tables;
  const rows = await db
    .select({ publication: signatures.publication, entries: count() })
    .from(signatures)
    .leftJoin(batches, eq(batches.id, signatures.batchId))
    .where(
      and(
        eq(signatures.letterId, letterId),
        gt(signatures.position, after),
        lte(signatures.position, upTo),
        eq(signatures.status, 'listed'),
        or(isNull(signatures.batchId), eq(batches.state, 'active')),
      ),
    )
    .groupBy(signatures.publication);
  return rows;
}
