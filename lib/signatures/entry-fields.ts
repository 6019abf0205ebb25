import type { SignatoryRecord } from '../block/record.ts';
import { recordOf } from './capacity.ts';
import type { EntryInput, Signer } from './schema.ts';

/** An entry as a form has its fields: all texts, empty where nothing was given. */
export interface EntryFields {
  readonly signer: Signer;
  readonly organisation: string;
  readonly acronym: string;
  /** The person who signs, for whomever. */
  readonly name: string;
  readonly role: string;
  /** Beside a personal entry. */
  readonly affiliation: string;
  readonly city: string;
  readonly country: string;
  readonly representativePrinted: boolean;
}

/** @param signer who acted: of an organisation that prints without its representative, only they know the name */
export function fieldsOf(record: SignatoryRecord, signer: { readonly name: string; readonly role: string }): EntryFields {
  const { capacity, name, role, organisation, acronym, city = '', country = '' } = record;
  if (capacity === 'personal') {
    return {
      signer: 'personal',
      organisation: '',
      acronym: '',
      name: name ?? '',
      role: role ?? '',
      affiliation: organisation ?? '',
      city,
      country,
      representativePrinted: false,
    };
  }
  return {
    signer: 'organisation',
    organisation: organisation ?? '',
    acronym: acronym ?? '',
    name: name ?? signer.name,
    role: role ?? signer.role,
    affiliation: '',
    city,
    country,
    representativePrinted: name !== undefined,
  };
}

/** The record these fields make; what does not belong to the capacity is dropped. */
export function recordOfFields(fields: EntryFields, policies: Parameters<typeof recordOf>[2]): SignatoryRecord {
  const { signer, organisation, acronym, name, role, affiliation, city, country, representativePrinted } = fields;
  const entry: EntryInput =
    signer === 'personal'
      ? { signer, role, affiliation, city, country }
      : { signer, organisation, acronym, role, city, country, representativePrinted, authorised: true };
  return recordOf(name, entry, policies);
}

/** Fields of a record that follow from the leading name, or replace it: with another name they would print the old one. */
const OF_THE_NAME = ['familyName', 'sortAs', 'printAs', 'names'] as const;

/** Another record in an entry's place, with what the form does not ask for kept: a web address, the section, how it is sorted. */
export function corrected(old: SignatoryRecord, next: SignatoryRecord): SignatoryRecord {
  const { url, section, signedAt } = old;
  const kept: Partial<SignatoryRecord> = { ...(url ? { url } : {}), ...(section ? { section } : {}), ...(signedAt ? { signedAt } : {}) };
  const samePerson = old.name === next.name && old.organisation === next.organisation && old.capacity === next.capacity;
  const named = samePerson ? Object.fromEntries(OF_THE_NAME.flatMap((key) => (old[key] === undefined ? [] : [[key, old[key]]]))) : {};
  return { ...kept, ...named, ...next };
}
