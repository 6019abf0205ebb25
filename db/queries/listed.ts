import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Reader } from '../store.ts';

/** The listed signatures of a letter, the last signed first, below a position; those of a batch only once it is active. */
export async function listNewestListed(db: Reader, letterId: string, page: { readonly before?: number; readonly limit: number }) {
  const { signatures, batches } = db.tables;
  return await db
    .select({
      id: signatures.id,
      batchId: signatures.batchId,
      position: signatures.position,
      capacity: signatures.capacity,
      publication: signatures.publication,
      sealed: signatures.sealed,
      flags: signatures.flags,
      signedAt: signatures.signedAt,
    })
    .from(signatures)
    .leftJoin(batches, eq(batches.id, signatures.batchId))
    .where(
      and(
        eq(signatures.letterId, letterId),
        eq(signatures.status, 'listed'),
        page.before === undefined ? undefined : lt(signatures.position, page.before),
        or(isNull(signatures.batchId), eq(batches.state, 'active')),
      ),
    )
    .orderBy(desc(signatures.position))
    .limit(page.limit);
}
