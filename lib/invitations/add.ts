import { insertInvitation, listInvitationsTo } from '../../db/queries/invitations.ts';
import { takeOrganisation } from '../../db/queries/organisations.ts';
import { listSignaturesOfInvitations, type SignatureRow } from '../../db/queries/signatures.ts';
import type { InvitationChannel } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import type { EmailAddress } from '../crypto/email-address.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { invitationPlace, openInvited } from './places.ts';
import type { InviteInput, StoredInvitation } from './schema.ts';

/** Who may run the letter may invite to it. */
export type Runner = For<LetterScope, 'run'>;

export const log = (letterId: string) => ({ kind: 'letter', id: letterId }) as const;
export const member = ({ memberId }: Runner) => ({ kind: 'member', id: memberId }) as const;

type NewInvitation = Omit<InviteInput, 'email'> & { readonly email: EmailAddress | null; readonly channel: InvitationChannel };

const storedOf = ({ capacity, organisation, acronym, name, email, language, message }: NewInvitation): StoredInvitation => ({
  email: email?.asTyped ?? '',
  name,
  organisation: capacity === 'organisation' ? organisation : '',
  acronym: capacity === 'organisation' ? acronym : '',
  message,
  language,
});

/**
 * The row of a new invitation, without a link. For whoever holds the letter's row and has asked whether it takes signatures.
 * @returns a fault at `email`: `already-invited` to the same end at the same address
 */
export async function addInvitation(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  { letterId, coalitionId, memberId }: Runner,
  input: NewInvitation,
  now: Date,
): Promise<Result<{ readonly id: string; readonly stored: StoredInvitation }, Fault>> {
  const stored = storedOf(input);
  const addressIndex = input.email && blindIndex(keys, 'address', letterId, input.email.canonical);
  const earlier = addressIndex === null ? [] : await listInvitationsTo(tx, letterId, addressIndex);
  const signatures = await listSignaturesOfInvitations(
    tx,
    letterId,
    earlier.map(({ id }) => id),
  );
  for (const row of earlier) {
    // Taken back by the coordinator, or its signature by whoever gave it: both may have second thoughts.
    if (row.status === 'revoked' || takenBack(signatures.get(row.id))) continue;
    const other = openInvited(keys, row);
    const same =
      row.capacity === input.capacity &&
      normaliseOrganisationName(other.organisation) === normaliseOrganisationName(stored.organisation) &&
      (input.capacity === 'organisation' || other.name === stored.name);
    if (same) return refusal({ place: 'email', reason: 'already-invited' });
  }
  const id = newId('inv', random);
  const organisation =
    input.capacity === 'organisation'
      ? await takeOrganisation(tx, {
          id: newId('org', random),
          coalitionId,
          name: stored.organisation,
          normalisedName: normaliseOrganisationName(stored.organisation),
          acronym: stored.acronym || null,
          createdAt: now,
        })
      : null;
  await insertInvitation(tx, {
    id,
    coalitionId,
    letterId,
    capacity: input.capacity,
    status: 'prepared',
    channel: input.channel,
    organisationId: organisation?.id ?? null,
    sealed: seal(keys, invitationPlace(letterId, id), stored),
    addressIndex,
    createdBy: memberId,
    createdAt: now,
  });
  return success({ id, stored });
}

const takenBack = (given: readonly SignatureRow[] | undefined): boolean =>
  given !== undefined && given.length > 0 && given.every(({ status }) => status === 'withdrawn');
