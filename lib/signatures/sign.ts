import { findInvitation, moveInvitation } from '../../db/queries/invitations.ts';
import { findLetterById, listVersionTexts } from '../../db/queries/letters.ts';
import { findSigningOfInvitation, holdLetter, type SignatureRow, takePlaceInOpenLetter } from '../../db/queries/signatures.ts';
import type { SignatureStatus } from '../../db/schema/values.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { InvitationScope } from '../access/scope.ts';
import type { Instance } from '../instance.ts';
import { markOpened } from '../invitations/answers.ts';
import { answerable } from '../invitations/status.ts';
import { policiesOf } from '../letters/presets.ts';
import { attempt } from '../shared/attempt.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { recordOf, signersFor } from './capacity.ts';
import { openRecord } from './places.ts';
import { queueReceipt } from './receipt.ts';
import type { SignInput } from './schema.ts';
import { writeSignature } from './write-signature.ts';

/**
 * Why nothing was signed. `stale`: the text is no longer the one that was on the page. `already-signed`: this invitation was answered
 * with another entry. `signature-ended`: what was signed by it was withdrawn since. `signed-before`: the same name has signed from the same address, by another invitation.
 */
export type SignRefusal =
  | 'other-invitation'
  | 'revoked'
  | 'already-signed'
  | 'signature-ended'
  | 'signed-before'
  | 'letter-not-open'
  | 'deadline-passed'
  | 'stale'
  | Fault;

export interface Signed {
  readonly signatureId: string;
  readonly status: SignatureStatus;
  /** The very same answer had been given before: nothing was changed. */
  readonly repeated: boolean;
}

/**
 * Signs by a personal invitation: signing, signature, consent, the invitation's state, the counts, the entry in the log and the
 * receipt, whole or not at all. The same answer given again, or fifty times at once, is one signature and one answer.
 *
 * The letter's status, its deadline and the version that was seen are the guard of the write itself; what was read before decides
 * only which sentence a refusal says.
 */
export async function signByInvitation(
  instance: Instance,
  scope: InvitationScope,
  input: SignInput,
  now: Date,
): Promise<Result<Signed, SignRefusal>> {
  if (input.invitation !== scope.invitationId) return refusal('other-invitation');
  return await attempt<Signed, SignRefusal>(instance.store, async (tx, refuse) => {
    const { letterId, invitationId } = scope;
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    if (!invitation || invitation.status === 'revoked') return refuse('revoked');
    if (invitation.status === 'signed') {
      const given = await sameAnswer(tx, instance, scope, input);
      return given.ok ? given.value : refuse(given.reason);
    }
    if (!signersFor(invitation.capacity).includes(input.signer)) return refuse({ place: 'signer', reason: 'not-offered' });
    if (input.signer !== 'personal' && !input.authorised) return refuse({ place: 'authorised', reason: 'required' });

    const place = await takePlace(tx, letterId, input, now);
    if (!place.ok) return refuse(place.reason);
    const moved = await moveInvitation(tx, invitationId, answerable, {
      status: 'signed',
      openedAt: invitation.openedAt ?? now,
      answeredAt: now,
      answer: null,
      consideringUntil: null,
    });
    if (!moved) return refuse('revoked');
    const written = await writeSignature(tx, instance, { scope, invitation, input, ...place.value }, now);
    if (!written) return refuse('signed-before');
    await queueReceipt(tx, instance, { scope, invitation, input, admission: written.admission }, now);
    return { signatureId: written.signatureId, status: written.admission.status, repeated: false };
  });
}

/** Those that count or may come to count; what ended is nobody's answer any more. */
const live: readonly SignatureStatus[] = ['pending', 'confirmed', 'held', 'listed'];

/** What was signed by an invitation and has not ended. */
async function findLiveSignature(db: Reader, { letterId, invitationId }: InvitationScope): Promise<SignatureRow | null> {
  const given = await findSigningOfInvitation(db, letterId, invitationId);
  return given?.signatures.find(({ status }) => live.includes(status)) ?? null;
}

/** What an answered invitation says to the same answer again, or why it takes no other. */
async function sameAnswer(
  tx: Tx,
  { keys }: Instance,
  scope: InvitationScope,
  input: SignInput,
): Promise<Result<Signed, 'already-signed' | 'signature-ended'>> {
  const signature = await findLiveSignature(tx, scope);
  if (!signature) return refusal('signature-ended');
  const policies = policiesOf((await findLetterById(tx, scope.letterId))?.policies);
  const same =
    signature.publication === input.publication &&
    canonicalJson({ ...openRecord(keys, signature) }) === canonicalJson({ ...recordOf(input, policies) });
  return same ? success({ signatureId: signature.id, status: signature.status, repeated: true }) : refusal('already-signed');
}

type PlaceRefusal = 'letter-not-open' | 'deadline-passed' | 'stale';

/** The version that the fingerprint names, where the letter takes signatures to it: what a refusal can say in words. */
async function seenVersion(
  db: Reader,
  letterId: string,
  seen: Pick<SignInput, 'fingerprint' | 'language'>,
  now: Date,
): Promise<Result<string, PlaceRefusal>> {
  const letter = await findLetterById(db, letterId);
  if (letter?.status !== 'open') return refusal('letter-not-open');
  if (letter.deadlineAt !== null && letter.deadlineAt <= now) return refusal('deadline-passed');
  if (letter.liveVersionId === null) return refusal('stale');
  const texts = await listVersionTexts(db, letter.liveVersionId);
  const shown = texts.find((text) => text.language === seen.language);
  return shown?.fingerprint === seen.fingerprint ? success(letter.liveVersionId) : refusal('stale');
}

/** A place in the order of signing; the write asks again what was read before it. */
async function takePlace(
  tx: Tx,
  letterId: string,
  seen: Pick<SignInput, 'fingerprint' | 'language'>,
  now: Date,
): Promise<Result<{ readonly position: number; readonly versionId: string }, PlaceRefusal>> {
  const version = await seenVersion(tx, letterId, seen, now);
  if (!version.ok) return version;
  const position = await takePlaceInOpenLetter(tx, letterId, { versionId: version.value, now });
  return position === null ? refusal('letter-not-open') : success({ position, versionId: version.value });
}

/**
 * Looks at an answer before it is signed, so that a refusal comes before the last step and not after it. Changes nothing but that the
 * invitation counts as opened: somebody pressed a button.
 */
export async function checkSigning(
  instance: Instance,
  scope: InvitationScope,
  input: SignInput,
  now: Date,
): Promise<Result<null, SignRefusal>> {
  if (input.invitation !== scope.invitationId) return refusal('other-invitation');
  await markOpened(instance, scope, now);
  const { read } = instance.store;
  const invitation = await findInvitation(read, scope.letterId, scope.invitationId);
  if (!invitation || invitation.status === 'revoked') return refusal('revoked');
  if (invitation.status === 'signed') return refusal((await findLiveSignature(read, scope)) ? 'already-signed' : 'signature-ended');
  if (!signersFor(invitation.capacity).includes(input.signer)) return refusal({ place: 'signer', reason: 'not-offered' });
  const version = await seenVersion(read, scope.letterId, input, now);
  return version.ok ? success(null) : version;
}
