import type { SignatoryRecord } from '../block/record.ts';
import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, unseal } from '../crypto/seal.ts';
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
