import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Capacity, SignatureStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

type NewSigning = Tx['tables']['signings']['$inferInsert'];
type NewSignature = Tx['tables']['signatures']['$inferInsert'];
type NewConsent = Tx['tables']['consents']['$inferInsert'];

/** Takes `count` places in a letter's order of signing; returns the first, or null where there is no such letter. */
export async function takePositions(tx: Tx, letterId: string, count: number): Promise<number | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set({ signatureSequence: sql`${letters.signatureSequence} + ${count}` })
    .where(eq(letters.id, letterId))
    .returning({ last: letters.signatureSequence });
  return row ? row.last - count + 1 : null;
}

export async function insertSigning(tx: Tx, signing: NewSigning): Promise<void> {
  await tx.insert(tx.tables.signings).values(signing);
}

/**
 * Inserts signatures and tells which were taken: one that would be a second live entry of its organisation, or of the same name at
 * the same address, is left out (partial unique indexes). At most a few hundred rows a call: each column is a bound variable.
 */
export async function insertSignatures(tx: Tx, rows: readonly NewSignature[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await tx
    .insert(tx.tables.signatures)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ id: tx.tables.signatures.id });
  return new Set(inserted.map((row) => row.id));
}

export async function insertConsents(tx: Tx, rows: readonly NewConsent[]): Promise<void> {
  if (rows.length > 0) await tx.insert(tx.tables.consents).values([...rows]);
}

/** Adds to the kept counters of listed entries; pages read these, never a count(*). */
export async function addToCounts(tx: Tx, letterId: string, change: { organisations: number; persons: number }): Promise<void> {
  const { letters } = tx.tables;
  await tx
    .update(letters)
    .set({
      organisationCount: sql`${letters.organisationCount} + ${change.organisations}`,
      personCount: sql`${letters.personCount} + ${change.persons}`,
    })
    .where(eq(letters.id, letterId));
}

export interface SignatureFilter {
  readonly statuses: readonly SignatureStatus[];
  readonly capacity?: Capacity;
}

/**
 * One page in the order of signing, after `after` and up to `asOf` (a position: later ones came in while a long read was under way).
 * Rows of a batch that is still being filled, or was given up, are nobody's signatures.
 */
export async function listSignatures(
  db: Reader,
  letterId: string,
  filter: SignatureFilter,
  page: { readonly after?: number; readonly asOf?: number; readonly limit: number },
) {
  const { signatures, batches } = db.tables;
  const rows = await db
    .select({ signature: signatures })
    .from(signatures)
    .leftJoin(batches, eq(batches.id, signatures.batchId))
    .where(
      and(
        eq(signatures.letterId, letterId),
        inArray(signatures.status, [...filter.statuses]),
        filter.capacity ? eq(signatures.capacity, filter.capacity) : undefined,
        page.after === undefined ? undefined : gt(signatures.position, page.after),
        page.asOf === undefined ? undefined : lte(signatures.position, page.asOf),
        or(isNull(signatures.batchId), eq(batches.state, 'active')),
      ),
    )
    .orderBy(asc(signatures.position))
    .limit(page.limit);
  return rows.map((row) => row.signature);
}
