import type { InvitationRow } from '../../db/queries/invitations.ts';
import { findLetterById } from '../../db/queries/letters.ts';
import { takeOrganisation } from '../../db/queries/organisations.ts';
import { addToCounts, insertConsents, insertSignatures, insertSigning } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { InvitationScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { openInvited } from '../invitations/places.ts';
import { policiesOf } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { newId } from '../shared/ids.ts';
import { type Admission, admit, asDuplicate, capacityOf, recordOf } from './capacity.ts';
import { consentWordingFor } from './consent-wording.ts';
import { signaturePlace, signingPlace } from './places.ts';
import type { SignInput } from './schema.ts';

/** Whose answer is written, and the place it was given in the order of signing of the live version. */
export interface Writing {
  readonly position: number;
  readonly versionId: string;
  readonly scope: InvitationScope;
  readonly invitation: InvitationRow;
  readonly input: SignInput;
}

/** Signing, signature, consent, counts and log. Null where the same person has a live signature already. */
export async function writeSignature(
  tx: Tx,
  instance: Instance,
  { scope, invitation, input, position, versionId }: Writing,
  now: Date,
): Promise<{ readonly signatureId: string; readonly admission: Admission } | null> {
  const { keys, random } = instance;
  const { letterId, coalitionId, invitationId } = scope;
  const invited = openInvited(keys, invitation);
  const policies = policiesOf((await findLetterById(tx, letterId))?.policies);
  const record = recordOf(input, policies);
  const wording = consentWordingFor(capacityOf(input.signer));
  const signingId = newId('sgn', random);
  const signatureId = newId('sig', random);
  const organisationId = input.signer === 'personal' ? null : await organisationOf(tx, instance, coalitionId, input, now);

  await insertSigning(tx, {
    id: signingId,
    letterId,
    invitationId,
    origin: 'online',
    proof: 'invitation',
    sealed: seal(keys, signingPlace(letterId, signingId), { email: invited.email, name: input.name, role: input.role }),
    addressIndex: invitation.addressIndex,
    wording,
    language: input.language,
    createdAt: now,
    confirmedAt: now,
  });
  const rowOf = ({ status, authority, flags }: Admission) => ({
    id: signatureId,
    letterId,
    signingId,
    position,
    capacity: capacityOf(input.signer),
    status,
    authority,
    publication: input.publication,
    organisationId,
    sealed: seal(keys, signaturePlace(letterId, signatureId), record),
    addressIndex: input.signer === 'personal' ? invitation.addressIndex : null,
    nameIndex: input.signer === 'personal' ? blindIndex(keys, 'name', letterId, normaliseOrganisationName(input.name)) : null,
    flags,
    signedAt: now,
    listedAt: status === 'listed' ? now : null,
  });
  let admission = admit(input, invited, policies);
  let taken = await insertSignatures(tx, [rowOf(admission)]);
  if (taken.size === 0 && organisationId !== null) {
    admission = asDuplicate(admission);
    taken = await insertSignatures(tx, [rowOf(admission)]);
  }
  if (taken.size === 0) return null;

  const { fingerprint, language } = input;
  await insertConsents(tx, [{ signatureId, versionId, language, fingerprint, wording, givenAt: now }]);
  if (admission.status === 'listed') await countListed(tx, letterId, [{ capacity: capacityOf(input.signer) }], 1);
  const entry = {
    signing: signingId,
    signature: signatureId,
    invitation: invitationId,
    publication: input.publication,
    status: admission.status,
    authority: admission.authority,
    flags: admission.flags,
    wording,
    language,
    entry: { ...record },
    signer: { name: input.name, role: input.role },
  };
  const actor = { kind: 'signatory', id: signingId } as const;
  await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'signed', actor, fingerprint, record: entry }, now);
  return { signatureId, admission };
}

async function organisationOf(
  tx: Tx,
  { random }: Instance,
  coalitionId: string,
  input: Extract<SignInput, { signer: 'organisation' }>,
  now: Date,
): Promise<string> {
  const normalisedName = normaliseOrganisationName(input.organisation);
  const named = { name: input.organisation, normalisedName, acronym: input.acronym || null, country: input.country || null };
  return (await takeOrganisation(tx, { id: newId('org', random), coalitionId, createdAt: now, ...named })).id;
}

/** Keeps the letter's counters of listed entries. */
export async function countListed(
  tx: Tx,
  letterId: string,
  rows: readonly { readonly capacity: 'organisation' | 'personal' }[],
  by: 1 | -1,
) {
  const organisations = by * rows.filter((row) => row.capacity === 'organisation').length;
  const persons = by * rows.filter((row) => row.capacity === 'personal').length;
  if (rows.length > 0) await addToCounts(tx, letterId, { organisations, persons });
}
