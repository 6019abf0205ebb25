import { and, asc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

/** One entry of a list, and where somebody put it by hand. */
export interface PlacedSignature {
  readonly id: string;
  readonly position: number;
  readonly place: number | null;
  readonly sealed: Buffer;
}

/** The listed entries that were put by hand and may print, by place; a few hundred at most. */
export async function listPlaced(db: Reader, letterId: string): Promise<readonly PlacedSignature[]> {
  const { place, position } = db.tables.signatures;
  return await placeable(db, letterId, isNotNull(place)).orderBy(asc(place), asc(position));
}

/** An entry that may print, or null. */
export async function findPlaceable(db: Reader, letterId: string, id: string): Promise<PlacedSignature | null> {
  const [row] = await placeable(db, letterId, eq(db.tables.signatures.id, id)).limit(1);
  return row ?? null;
}

function placeable(db: Reader, letterId: string, where: ReturnType<typeof and>) {
  const { signatures, batches } = db.tables;
  return db
    .select({ id: signatures.id, position: signatures.position, place: signatures.place, sealed: signatures.sealed })
    .from(signatures)
    .leftJoin(batches, eq(batches.id, signatures.batchId))
    .where(
      and(
        eq(signatures.letterId, letterId),
        eq(signatures.status, 'listed'),
        ne(signatures.publication, 'counted'),
        or(isNull(signatures.batchId), eq(batches.state, 'active')),
        where,
      ),
    );
}

/** Gives some hundreds of entries their places, or takes them: in one statement. */
export async function storePlaces(tx: Tx, letterId: string, places: ReadonlyMap<string, number | null>): Promise<void> {
  const { signatures } = tx.tables;
  const put = [...places].flatMap(([id, place]) => (place === null ? [] : [sql`when ${id} then cast(${place} as integer)`]));
  const place = put.length === 0 ? null : sql<number | null>`case ${signatures.id} ${sql.join(put, sql` `)} end`;
  await tx
    .update(signatures)
    // Their ranks say where they stood.
    .set({ place, rank: null, printedName: null, searchText: null })
    .where(and(eq(signatures.letterId, letterId), inArray(signatures.id, [...places.keys()])));
}
