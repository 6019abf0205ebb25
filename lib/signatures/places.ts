import type { z } from 'zod';
import type { SignatoryRecord } from '../block/record.ts';
import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, unseal } from '../crypto/seal.ts';
import { storedSigner } from './schema.ts';
import { readStoredRecord } from './stored-record.ts';

/** Where the signatory record of one signature (`SignatoryRecord`, as given) is sealed. */
export const signaturePlace = (letterId: string, id: string): SealPlace => ({ table: 'signatures', id, scope: letterId });

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

/** Who acted. @throws where the row is another's or was changed outside the product, and for a batch, behind which no one person stands */
export function openSigner(
  keys: Keys,
  row: { readonly id: string; readonly letterId: string; readonly sealed: Uint8Array },
): z.output<typeof storedSigner> {
  const opened = unseal(keys, signingPlace(row.letterId, row.id), row.sealed);
  if (!opened.ok) throw new Error(`signing ${row.id} does not open: ${opened.reason}`);
  return storedSigner.parse(opened.value);
}
