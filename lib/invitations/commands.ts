import { findInvitation, insertInvitation, listInvitationsTo, listPassedOn, moveInvitation } from '../../db/queries/invitations.ts';
import { revokeInvitationLinks } from '../../db/queries/links.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { takeOrganisation } from '../../db/queries/organisations.ts';
import { holdLetter, listSignaturesOfInvitations, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { For } from '../coalitions/access.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { addStopLink } from '../mailings/stops.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import type { Result } from '../shared/result.ts';
import { addInvitationLink, findLetterFacts, type InvitedParty, invitationMail, type LetterFacts, linkOf } from './mail.ts';
import { invitationPlace, openInvited } from './places.ts';
import type { InviteInput, StoredInvitation } from './schema.ts';
import { answerable, revocable } from './status.ts';

/** Who may run the letter may invite to it. */
type Runner = For<LetterScope, 'run'>;

const storedOf = ({ capacity, organisation, acronym, name, email, language, message }: InviteInput): StoredInvitation => ({
  email: email.asTyped,
  name,
  organisation: capacity === 'organisation' ? organisation : '',
  acronym: capacity === 'organisation' ? acronym : '',
  message,
  language,
});

/**
 * Invites one organisation or person: the invitation, its link, the mail that carries the link and the entry in the log, or nothing.
 * @returns the invitation's id; `letter-not-open`; `sample`, whose signatories are all invented; or a fault at `email`: `already-invited` to the same end at the same address, `no-more-mails` where it asked for none
 */
export async function inviteOne(
  instance: Instance,
  scope: Runner,
  input: InviteInput,
  now: Date,
): Promise<Result<{ readonly invitationId: string }, 'letter-not-open' | 'sample' | Fault>> {
  const { store, keys, random } = instance;
  const { letterId, coalitionId, memberId } = scope;
  const addressIndex = blindIndex(keys, 'address', letterId, input.email.canonical);
  const stored = storedOf(input);
  return await attempt<{ readonly invitationId: string }, 'letter-not-open' | 'sample' | Fault>(store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const facts = await findLetterFacts(tx, letterId);
    if (!facts || !takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    if (facts.letter.sample) return refuse('sample');
    if (await isStopped(tx, letterId, addressIndex)) return refuse({ place: 'email', reason: 'no-more-mails' });
    const earlier = await listInvitationsTo(tx, letterId, addressIndex);
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
      if (same) return refuse({ place: 'email', reason: 'already-invited' });
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
      organisationId: organisation?.id ?? null,
      sealed: seal(keys, invitationPlace(letterId, id), stored),
      addressIndex,
      createdBy: memberId,
      createdAt: now,
    });
    await mailLink(tx, instance, facts, { id, party: { ...stored, capacity: input.capacity } }, now);
    const record = { invitation: id, capacity: input.capacity, email: stored.email, name: stored.name, organisation: stored.organisation };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-sent', actor: member(scope), record }, now);
    return { invitationId: id };
  });
}

const takenBack = (given: readonly SignatureRow[] | undefined): boolean =>
  given !== undefined && given.length > 0 && given.every(({ status }) => status === 'withdrawn');

/** Sends a new link; those in earlier mails go on working, since any of the mails may be the one that is found. */
export async function resendInvitation(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<null, 'not-found' | 'letter-not-open' | 'already-answered' | 'no-more-mails'>> {
  const { store, keys } = instance;
  const { letterId } = scope;
  return await attempt<null, 'not-found' | 'letter-not-open' | 'already-answered' | 'no-more-mails'>(store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    const facts = await findLetterFacts(tx, letterId);
    if (!invitation || !facts) return refuse('not-found');
    if (!takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    if (!answerable.includes(invitation.status)) return refuse('already-answered');
    if (await isStopped(tx, letterId, invitation.addressIndex)) return refuse('no-more-mails');
    const party = { ...openInvited(keys, invitation), capacity: invitation.capacity };
    await mailLink(tx, instance, facts, { id: invitationId, party }, now);
    const record = { invitation: invitationId, again: true };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-sent', actor: member(scope), record }, now);
    return null;
  });
}

/** Ends an invitation that was not signed, with all its links. */
export async function revokeInvitation(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<null, 'not-found' | 'already-signed'>> {
  const { letterId } = scope;
  return await attempt<null, 'not-found' | 'already-signed'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    if (!invitation) return refuse('not-found');
    if (invitation.status === 'revoked') return null;
    if (!(await moveInvitation(tx, invitationId, revocable, { status: 'revoked' }))) return refuse('already-signed');
    const revoked = [invitationId, ...(await revokePassedOn(tx, letterId, invitationId))];
    for (const id of revoked) {
      await revokeInvitationLinks(tx, id, now);
      const record = { invitation: id };
      await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-revoked', actor: member(scope), record }, now);
    }
    return null;
  });
}

const log = (letterId: string) => ({ kind: 'letter', id: letterId }) as const;
const member = ({ memberId }: Runner) => ({ kind: 'member', id: memberId }) as const;

/** Those it was passed on to who have not signed: their links would lead around what was taken back. @returns their ids */
async function revokePassedOn(tx: Tx, letterId: string, invitationId: string): Promise<readonly string[]> {
  const revoked: string[] = [];
  let from: readonly string[] = [invitationId];
  while (from.length > 0) {
    const children = await listPassedOn(tx, letterId, from);
    for (const { id } of children) if (await moveInvitation(tx, id, revocable, { status: 'revoked' })) revoked.push(id);
    from = children.map(({ id }) => id);
  }
  return revoked;
}

/** A fresh link and the mail that carries it; nothing for a sample letter, whose addresses are invented. */
export async function mailLink(
  tx: Tx,
  instance: Instance,
  facts: LetterFacts,
  invitation: { readonly id: string; readonly party: InvitedParty },
  now: Date,
  kind: 'invitation' | 'fresh-link' = 'invitation',
): Promise<void> {
  const { id: letterId, coalitionId, sample } = facts.letter;
  if (sample) return;
  const token = await addInvitationLink(tx, instance, { coalitionId, invitationId: invitation.id }, now);
  const stopUrl = await addStopLink(tx, instance, { coalitionId, invitationId: invitation.id }, now);
  const message = invitationMail(facts, invitation.party, { url: linkOf(instance, token), stopUrl });
  await queueMail(tx, instance, kind, message, { coalitionId, letterId, invitationId: invitation.id }, now);
}
