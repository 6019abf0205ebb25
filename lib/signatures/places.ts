import type { z } from 'zod';
import type { SignatoryRecord } from '../block/record.ts';
import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, unseal } from '../crypto/seal.ts';
import { storedSigner } from './schema.ts';
import { readStoredRecord } from './stored-record.ts';

/** Where the signatory record of one signature (`SignatoryRecord`, as given) is sealed. */
export const signaturePlace = (letterId: string, id: string): SealPlace => ({ table: 'signatures', id, scope: letterId });

/** Where the wish of an entry's signatory is sealed (`storedWish`). */
export const wishPlace = (letterId: string, id: string): SealPlace => ({ table: 'signatures', column: 'proposed', id, scope: letterId });

/** Where `{ email, name, role }` of who acted is sealed. */
export const signingPlace = (letterId: string, id: string): SealPlace => ({ table: 'signings', id, scope: letterId });

/** One entry as it was given. @throws where the row is another's, was changed outside the product or was erased */
export function openRecord(
  keys: Keys,
  row: { readonly id: string; readonly letterId: string; readonly sealed: Uint8Array },
): SignatoryRecord {
  const opened = unseal(keys, signaturePlace(row.letterId, row.id), row.sealed);
  if (!opened.ok) throw new Error(`signature ${row.id} does not open: ${opened.reason}`);
  return readStoredRecord(opened.value);
}

type SealedSigning = { readonly id: string; readonly letterId: string; readonly sealed: Uint8Array };

/** Who acted. @throws where the row is another's or was changed outside the product, and where no one person stands behind it */
export const openSigner = (keys: Keys, row: SealedSigning): z.output<typeof storedSigner> => storedSigner.parse(openSigning(keys, row));

/** The same of a signing behind which nobody in particular may stand, a batch say: null then. */
export function findSigner(keys: Keys, row: SealedSigning): z.output<typeof storedSigner> | null {
  const person = storedSigner.safeParse(openSigning(keys, row));
  return person.success ? person.data : null;
}

function openSigning(keys: Keys, row: SealedSigning): unknown {
  const opened = unseal(keys, signingPlace(row.letterId, row.id), row.sealed);
  if (!opened.ok) throw new Error(`signing ${row.id} does not open: ${opened.reason}`);
  return opened.value;
}
