import { eq } from 'drizzle-orm';
import type { Tx } from '../store.ts';
import type { SignatureRow } from './signatures.ts';

export type Correction = Pick<
  SignatureRow,
  'capacity' | 'authority' | 'publication' | 'organisationId' | 'sealed' | 'addressIndex' | 'nameIndex' | 'flags' | 'place'
>;

/**
 * Puts another record in the place of an entry's and empties what was printed of it, in one statement. A wish that waited goes with it,
 * unless it is to stay.
 */
export async function storeCorrection(tx: Tx, id: string, change: Correction, keepsWish: boolean): Promise<void> {
  const { signatures } = tx.tables;
  const wish = keepsWish ? {} : { proposed: null, proposedAt: null };
  await tx
    .update(signatures)
    .set({ ...change, ...wish, printedName: null, searchText: null, rank: null })
    .where(eq(signatures.id, id));
}

/** What an entry's signatory wants it to become; null takes the wish away. */
export async function storeWish(tx: Tx, id: string, wish: { readonly sealed: Buffer; readonly at: Date } | null): Promise<void> {
  const { signatures } = tx.tables;
  await tx
    .update(signatures)
    .set({ proposed: wish?.sealed ?? null, proposedAt: wish?.at ?? null })
    .where(eq(signatures.id, id));
}

/** Who acted, under another name or in another role. */
export async function storeSigner(tx: Tx, signingId: string, sealed: Buffer): Promise<void> {
  const { signings } = tx.tables;
  await tx.update(signings).set({ sealed }).where(eq(signings.id, signingId));
}

/** Where the log tells what members did to an entry. */
export async function storeReviewTrail(tx: Tx, id: string, review: Buffer): Promise<void> {
  const { signatures } = tx.tables;
  await tx.update(signatures).set({ review }).where(eq(signatures.id, id));
}
