import type { Authority, Capacity, SignatureStatus } from '../../db/schema/values.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { Policies } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import type { Signer, SignInput } from './schema.ts';

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
export function recordOf(input: SignInput, policies: Pick<Policies, 'representativePrinted'>): SignatoryRecord {
  if (input.signer === 'personal') {
    return {
      capacity: 'personal',
      name: input.name,
      ...given('role', input.role),
      ...given('organisation', input.affiliation),
      ...given('country', input.country),
    };
  }
  const printed = input.representativePrinted && policies.representativePrinted !== 'never';
  return {
    capacity: 'organisation',
    organisation: input.organisation,
    ...given('acronym', input.acronym),
    ...(printed ? { name: input.name, role: input.role } : {}),
    ...given('country', input.country),
  };
}

export interface Admission {
  readonly status: Extract<SignatureStatus, 'listed' | 'held'>;
  readonly authority: Authority | null;
  readonly flags: readonly string[];
}

/**
 * Which gates an answer to a personal invitation has passed. The coalition chose the organisation and the address; whoever answers
 * states their role and that they are authorised: that lists the organisation that was invited. Another one than was invited is held
 * until a coordinator has looked, and so is every answer where the letter asks for approval.
 */
export function admit(input: SignInput, invited: { readonly organisation: string }, policies: Pick<Policies, 'listed'>): Admission {
  if (policies.listed === 'on-approval') {
    return { status: 'held', authority: input.signer === 'personal' ? null : 'awaiting-decision', flags: ['awaiting-approval'] };
  }
  if (input.signer === 'personal') return { status: 'listed', authority: null, flags: [] };
  const same = normaliseOrganisationName(input.organisation) === normaliseOrganisationName(invited.organisation);
  return same
    ? { status: 'listed', authority: 'authorised', flags: [] }
    : { status: 'held', authority: 'awaiting-decision', flags: ['other-organisation'] };
}

/** What a held second entry of one organisation is: an organisation counts once. */
export const asDuplicate = (admission: Admission): Admission => ({
  ...admission,
  status: 'held',
  flags: [...admission.flags, 'duplicate-organisation'],
});
