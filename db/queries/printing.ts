import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Capacity, PublicationChoice } from '../schema/values.ts';
import type { Reader } from '../store.ts';

/** The last place taken in a letter's order of signing: a long read stops there, whoever signs meanwhile. 0 where nobody signed. */
export async function findSignatureBound(db: Reader, letterId: string): Promise<number> {
  const { letters } = db.tables;
  const [row] = await db.select({ last: letters.signatureSequence }).from(letters).where(eq(letters.id, letterId)).limit(1);
  return row?.last ?? 0;
}

export interface PrintableSignature {
  readonly id: string;
  readonly position: number;
  readonly capacity: Capacity;
  readonly publication: PublicationChoice;
  readonly sealed: Buffer;
}

/** One chunk of the listed signatures of a letter, by position; those of a batch only once it is active. */
export async function listPrintableSignatures(
  db: Reader,
  letterId: string,
  page: { readonly capacity?: Capacity | undefined; readonly after: number; readonly asOf: number; readonly limit: number },
): Promise<readonly PrintableSignature[]> {
  const { signatures, batches } = db.tables;
  return await db
    .select({
      id: signatures.id,
      position: signatures.position,
      capacity: signatures.capacity,
      publication: signatures.publication,
      sealed: signatures.sealed,
    })
    .from(signatures)
    .leftJoin(batches, eq(batches.id, signatures.batchId))
    .where(
      and(
        eq(signatures.letterId, letterId),
        eq(signatures.status, 'listed'),
        page.capacity === undefined ? undefined : eq(signatures.capacity, page.capacity),
        gt(signatures.position, page.after),
        lte(signatures.position, page.asOf),
        or(isNull(signatures.batchId), eq(batches.state, 'active')),
      ),
    )
    .orderBy(asc(signatures.position))
    .limit(page.limit);
}
