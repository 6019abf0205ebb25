import type { Authority, Capacity, SignatureStatus } from '../../db/schema/values.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { Policies } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import type { EntryInput, Signer } from './schema.ts';

export const capacityOf = (signer: Signer): Capacity => (signer === 'personal' ? 'personal' : 'organisation');

/**
 * Whom an invitation can be answered for. An organisation's representative may also answer "only personally"; somebody who was invited
 * personally can't sign for an organisation that nobody asked.
 */
export const signersFor = (invited: Capacity): readonly Signer[] =>
  invited === 'organisation' ? ['organisation', 'personal'] : ['personal'];

/** Empty answers are no keys of the record: it prints, sorts and exports as if the field had never been. */
const given = <Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } =>
  value === '' ? {} : ({ [key]: value } as { readonly [K in Key]?: string });

/**
 * The entry as it will stand in the list. Where the representative does not print, the name is kept with the signing alone: no later
 * change of policy prints somebody who was not asked.
 */
export function recordOf(name: string, entry: EntryInput, policies: Pick<Policies, 'representativePrinted'>): SignatoryRecord {
  if (entry.signer === 'personal') {
    return {
      capacity: 'personal',
      name,
      ...given('role', entry.role),
      ...given('organisation', entry.affiliation),
      ...given('city', entry.city ?? ''),
      ...given('country', entry.country),
    };
  }
  const printed = entry.representativePrinted && policies.representativePrinted !== 'never';
  return {
    capacity: 'organisation',
    organisation: entry.organisation,
    ...given('acronym', entry.acronym),
    ...(printed ? { name, role: entry.role } : {}),
    ...given('city', entry.city ?? ''),
    ...given('country', entry.country),
  };
}

/** By what door an answer came: the invitation of an organisation or a person, or an address that was handed around. */
export type Door =
  | {
      readonly kind: 'invitation';
      readonly organisation: string;
      /** The coalition did not choose this address: whoever held the link to another one gave it as their own. */
      readonly claimed?: boolean;
      /** It was passed on by somebody whose own invitation was taken back, or whose entry is held or was rejected. */
      readonly doubted?: boolean;
      /** A coordinator kept out of the list what its holder signed before. */
      readonly keptOut?: boolean;
    }
  | { readonly kind: 'open-link'; readonly keptOut?: boolean };

export interface Admission {
  /** What it becomes once the address is proved. */
  readonly status: Extract<SignatureStatus, 'listed' | 'held'>;
  readonly authority: Authority | null;
  readonly flags: readonly string[];
}

/**
 * Which gates an entry has passed. The coalition chose the invited organisation and its address; whoever answers states their role and
 * that they are authorised: that lists the organisation that was invited. Another one than was invited, and every organisation that came
 * by an open link, is held until a coordinator has looked, and so is every answer where the letter asks for approval.
 */
export function admit(entry: EntryInput, door: Door, policies: Pick<Policies, 'listed'>): Admission {
  const held = (flag: string): Admission => ({
    status: 'held',
    authority: entry.signer === 'personal' ? null : 'awaiting-decision',
    flags: [flag],
  });
  if (policies.listed === 'on-approval') return held('awaiting-approval');
  if (door.kind === 'invitation' && door.claimed) return held('other-address');
  if (door.kind === 'invitation' && door.doubted) return held('passed-on');
  if (door.keptOut) return held('kept-out-before');
  if (entry.signer === 'personal') return { status: 'listed', authority: null, flags: [] };
  if (door.kind === 'open-link') return held('open-link');
  const same = normaliseOrganisationName(entry.organisation) === normaliseOrganisationName(door.organisation);
  return same ? { status: 'listed', authority: 'authorised', flags: [] } : held('other-organisation');
}

/** What a held second entry of one organisation is: an organisation counts once. */
export const asDuplicate = (admission: Admission): Admission => ({
  ...admission,
  status: 'held',
  flags: [...admission.flags, 'duplicate-organisation'],
});
