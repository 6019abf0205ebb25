import type { SignatoryRecord } from '../block/record.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import type { Policies } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { newId } from '../shared/ids.ts';
import { nameIndexOf } from './name-index.ts';
import { signaturePlace, signingPlace } from './places.ts';
import type { Vouching, VouchRow } from './vouch-schema.ts';

/** A row as it will be stored: sealed before its transaction begins, since nobody should wait for that. */
export interface MadeEntry {
  readonly id: string;
  readonly signingId: string;
  readonly row: VouchRow;
  readonly record: SignatoryRecord;
  readonly sealed: Buffer;
  readonly signer: Buffer;
  readonly addressIndex: Buffer | null;
  readonly nameIndex: Buffer | null;
}

export function makeEntry({ keys, random }: Instance, letterId: string, row: VouchRow, said: Vouching, policies: Policies): MadeEntry {
  const [id, signingId] = [newId('sig', random), newId('sgn', random)];
  const { email, name, role } = row;
  const record = vouchedRecord(row, said.representativePrinted === 'yes' && policies.representativePrinted !== 'never');
  const personal = row.capacity === 'personal';
  return {
    id,
    signingId,
    row,
    record,
    sealed: seal(keys, signaturePlace(letterId, id), record),
    signer: seal(keys, signingPlace(letterId, signingId), { email: email?.asTyped ?? '', name, role }),
    addressIndex: email === null ? null : blindIndex(keys, 'address', letterId, email.canonical),
    nameIndex: personal && email !== null ? nameIndexOf(keys, letterId, name) : null,
  };
}

/** The entry as it will stand in the list; the person beside an organisation only where they asked for it. */
function vouchedRecord({ capacity, organisation, acronym, name, role, city, country }: VouchRow, printed: boolean): SignatoryRecord {
  const person = capacity === 'personal' || printed ? { name, role } : {};
  const given = { ...person, organisation, ...(capacity === 'organisation' ? { acronym } : {}), city, country };
  return { capacity, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) };
}

/** What makes two rows the same entry; null for a person without an address: two people may share a name. */
function sameness({ capacity, organisation, name, email }: VouchRow): string | null {
  if (capacity === 'organisation') return `o ${normaliseOrganisationName(organisation)}`;
  return email === null ? null : `p ${email.canonical} ${normaliseOrganisationName(name)}`;
}

/** Which rows are the same entry as one before them. */
export function repeatedRows(rows: readonly VouchRow[]): readonly number[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = sameness(row);
    if (key !== null && seen.has(key)) return [index];
    if (key !== null) seen.add(key);
    return [];
  });
}
