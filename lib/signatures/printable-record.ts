import type { SignatoryRecord } from '../block/record.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Policies } from '../letters/presets.ts';
import { openRecord } from './places.ts';

/** What of a letter's policies decides about the words of an entry. */
export type PrintingPolicies = Pick<Policies, 'representativePrinted'>;

/**
 * A stored entry as the letter's policy lets it print, in whichever edition and on whichever page. What a member imported stands as they
 * gave it: they vouch for it, and no representative was asked by us.
 */
export function openPrintable(
  keys: Keys,
  row: { readonly id: string; readonly letterId: string; readonly sealed: Uint8Array; readonly batchId: string | null },
  { representativePrinted }: PrintingPolicies,
): SignatoryRecord {
  const record = openRecord(keys, row);
  const representative = record.capacity === 'organisation' && record.organisation !== undefined && row.batchId === null;
  if (!representative || representativePrinted !== 'never') return record;
  const { name: _name, role: _role, familyName: _familyName, ...organisation } = record;
  return organisation;
}
