import { findInvitation, type InvitationRow, moveInvitation } from '../../db/queries/invitations.ts';
import { findFingerprint } from '../../db/queries/letter-words.ts';
import { findLetterById, type LetterRow } from '../../db/queries/letters.ts';
import { listOutcomes } from '../../db/queries/live-entries.ts';
import { findSigningOfInvitation, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Capacity, SignatureStatus } from '../../db/schema/values.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { InvitationScope } from '../access/scope.ts';
import type { Instance } from '../instance.ts';
import { markOpened, mayAnswerLate } from '../invitations/answers.ts';
import { isDoubted, listHands, wasKeptOut } from '../invitations/passed-on-line.ts';
import { openInvited } from '../invitations/places.ts';
import type { StoredInvitation } from '../invitations/schema.ts';
import { answerable } from '../invitations/status.ts';
import { type Policies, policiesOf } from '../letters/presets.ts';
import { storedRates } from '../rates/stored-rates.ts';
import { attempt } from '../shared/attempt.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { admit, type Door, recordOf, signersFor } from './capacity.ts';
import { type HeldLetter, holdForSigning } from './held-letter.ts';
import { takeMailTurn } from './mail-turn.ts';
import { nameIndexOf } from './name-index.ts';
import { openRecord } from './places.ts';
import { queueProof } from './proof.ts';
import { queueReceipt } from './receipt.ts';
import { type InvitedSignInput, otherField, type SignInput } from './schema.ts';
import { takeOver } from './take-over.ts';
import { type SigningAct, writeSigning } from './write-signing.ts';

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
  readonly signingId: string;
  readonly signatures: readonly { readonly id: string; readonly status: SignatureStatus }[];
  /** The very same answer had been given before: nothing was changed. */
  readonly repeated: boolean;
}

/**
 * Signs by a personal invitation: signing, signature, consent, the invitation's state, the counts, the entry in the log and the
 * receipt, whole or not at all. The same answer given again, or fifty times at once, is one signature and one answer.
 *
 * The letter's status, its deadline and the version that was seen are looked at in its locked row; what was read before that decides
 * nothing.
 */
export async function signByInvitation(
  instance: Instance,
  scope: InvitationScope,
  input: InvitedSignInput,
  now: Date,
): Promise<Result<Signed, SignRefusal>> {
  if (input.invitation !== scope.invitationId) return refusal('other-invitation');
  const { byHand } = scope;
  const asked = byHand ? input.email : null;
  // Looked at first: what signs nothing takes none of the mails that somebody else's address gets on a day.
  const idle = asked !== null && (await refusedBefore(instance.store.read, scope, input, now)) !== null;
  const turn = asked && !idle ? await takeMailTurn(storedRates(instance), asked.canonical, now) : null;
  return await attempt<Signed, SignRefusal>(instance.store, async (tx, refuse) => {
    const { letterId, invitationId } = scope;
    const held = await holdForSigning(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    if (!invitation || invitation.status === 'revoked') return refuse('revoked');
    if (invitation.status === 'signed') {
      const given = await sameAnswer(tx, instance, scope, input);
      return given.ok ? given.value : refuse(given.reason);
    }
    const unfit = unfitEntry(invitation.capacity, input);
    if (unfit) return refuse(unfit);
    if (!held) return refuse('letter-not-open');
    const { facts, letter } = held;

    const place = await takePlaces(tx, held, input, now, mayAnswerLate(letter, invitation));
    if (!place.ok) return refuse(place.reason);
    const answered = {
      status: 'signed',
      openedAt: invitation.openedAt ?? now,
      answeredAt: now,
      answer: null,
      consideringUntil: null,
    } as const;
    await tx.sending(moveInvitation(tx, invitationId, answerable, answered).then((moved) => moved ?? refuse('revoked')));
    const invited = openInvited(instance.keys, invitation);
    const { door, hands } = await doorOfInvitation(tx, instance, { invitation, invited }, input.name);
    const policies = policiesOf(letter.policies);
    // What nobody has proved takes nobody's place.
    if (!byHand && admits(input, door, policies)) await takeOver(tx, instance, held, { invitation, hands }, now);
    const act = {
      ...place.value,
      letterId,
      coalitionId: scope.coalitionId,
      language: input.language,
      fingerprint: input.fingerprint,
      origin: 'online',
      invitationId,
      openLinkId: null,
      // A link that went from hand to hand proves nothing, neither the address that was noted with it nor one that is typed: no mail goes there.
      ...(byHand
        ? {
            proof: 'confirmation' as const,
            person: { email: '', name: input.name, locale: invited.language },
            addressIndex: null,
            confirmedAt: null,
          }
        : {
            proof: 'invitation' as const,
            person: { email: invited.email, name: input.name },
            addressIndex: invitation.addressIndex,
            confirmedAt: now,
          }),
      publication: input.publication,
      reader: facts.reader,
      policies,
      entries: input.entries.map((entry) => ({ input: entry, admission: admit(entry, door, policies) })),
    } as const satisfies SigningAct;
    const written = await writeSigning(tx, instance, held, act, now);
    if (!written) return refuse('signed-before');
    await held.store(tx);
    if (!byHand) await queueReceipt(tx, instance, { facts, scope, invited, input, entries: written.entries }, now);
    if (asked && !idle) await queueProof(tx, instance, { scope, signingId: written.signingId, email: asked, turn }, now);
    const signatures = written.entries.map(({ signatureId, status }) => ({ id: signatureId, status }));
    return { signingId: written.signingId, signatures, repeated: false };
  });
}

/**
 * What is known of an invitation that decides what an answer to it becomes.
 * @param name of whoever answers: what they signed from this address by another way was looked at as well
 */
export async function doorOfInvitation(
  tx: Tx,
  { keys }: Pick<Instance, 'keys'>,
  { invitation, invited }: { readonly invitation: InvitationRow; readonly invited: StoredInvitation },
  name: string,
) {
  const { letterId, channel } = invitation;
  // An address that was noted beside a link from hand to hand is nobody's yet.
  const addressIndex = channel === 'by-hand' ? null : invitation.addressIndex;
  const { organisation, claimed } = invited;
  const hands = await listHands(tx, invitation.letterId, invitation);
  const door = {
    kind: 'invitation',
    organisation,
    claimed: claimed === true,
    doubted: await isDoubted(tx, invitation.letterId, hands),
    keptOut: (
      await listOutcomes(tx, letterId, {
        invitationId: invitation.id,
        person: addressIndex && { addressIndex, nameIndex: nameIndexOf(keys, letterId, name) },
      })
    ).some(wasKeptOut),
  } as const;
  return { door, hands };
}

/** Whether an answer lists the very organisation that was invited. */
export const admits = ({ entries }: Pick<SignInput, 'entries'>, door: Door, policies: Policies): boolean =>
  entries.some((entry) => entry.signer === 'organisation' && admit(entry, door, policies).status === 'listed');

/** What an answer may not contain where somebody was invited in this capacity, or does not yet say. */
function unfitEntry(capacity: Capacity, { step, entries }: SignInput): Fault | null {
  const [first] = entries;
  if (!signersFor(capacity).includes(first.signer)) return { place: 'signer', reason: 'not-offered' };
  const undeclared = entries.findIndex((entry) => entry.signer !== 'personal' && !entry.authorised);
  if (step !== 'sign' || undeclared < 0) return null;
  return { place: undeclared === 0 ? 'authorised' : otherField(undeclared - 1, 'authorised'), reason: 'required' };
}

/** Those that count or may come to count; what ended is nobody's answer any more. */
const live: readonly SignatureStatus[] = ['pending', 'confirmed', 'held', 'listed'];

/** What was signed by an invitation and has not ended. */
async function findLiveSigning(
  db: Reader,
  { letterId, invitationId }: InvitationScope,
): Promise<{ readonly signingId: string; readonly signatures: readonly SignatureRow[] } | null> {
  const given = await findSigningOfInvitation(db, letterId, invitationId);
  const signatures = given?.signatures.filter(({ status }) => live.includes(status)) ?? [];
  return given && signatures.length > 0 ? { signingId: given.signing.id, signatures } : null;
}

/** What an answered invitation says to the same answer again, or why it takes no other. */
async function sameAnswer(
  tx: Tx,
  { keys }: Instance,
  scope: InvitationScope,
  input: SignInput,
): Promise<Result<Signed, 'already-signed' | 'signature-ended'>> {
  const given = await findLiveSigning(tx, scope);
  if (!given) return refusal('signature-ended');
  const policies = policiesOf((await findLetterById(tx, scope.letterId))?.policies);
  const stored = given.signatures.map((row) => canonicalJson({ ...openRecord(keys, row), publication: row.publication }));
  const sent = input.entries.map((entry) => canonicalJson({ ...recordOf(input.name, entry, policies), publication: input.publication }));
  if (stored.toSorted().join() !== sent.toSorted().join()) return refusal('already-signed');
  const signatures = given.signatures.map(({ id, status }) => ({ id, status }));
  return success({ signingId: given.signingId, signatures, repeated: true });
}

type PlaceRefusal = 'letter-not-open' | 'deadline-passed' | 'stale';

/**
 * The version that the fingerprint names, where the letter takes signatures to it: what a refusal can say in words.
 * @param late the answer was let in: neither deadline nor close refuses it
 */
export async function seenVersion(
  db: Reader,
  letter: Pick<LetterRow, 'status' | 'deadlineAt' | 'liveVersionId'> | null,
  seen: Pick<SignInput, 'fingerprint' | 'language'>,
  now: Date,
  late = false,
): Promise<Result<string, PlaceRefusal>> {
  if (letter?.status !== 'open' && !(late && letter?.status === 'closed')) return refusal('letter-not-open');
  if (!late && letter.deadlineAt !== null && letter.deadlineAt <= now) return refusal('deadline-passed');
  if (letter.liveVersionId === null) return refusal('stale');
  const shown = await findFingerprint(db, letter.liveVersionId, seen.language);
  return shown === seen.fingerprint ? success(letter.liveVersionId) : refusal('stale');
}

/** A place for each entry in the order of signing, where the held letter takes signatures to the version that was seen. */
export async function takePlaces(
  tx: Tx,
  held: HeldLetter,
  seen: Pick<SignInput, 'fingerprint' | 'language' | 'entries'>,
  now: Date,
  late = false,
): Promise<Result<{ readonly position: number; readonly versionId: string }, PlaceRefusal>> {
  const version = await seenVersion(tx, held.letter, seen, now, late);
  return version.ok ? success({ position: held.takePlaces(seen.entries.length), versionId: version.value }) : version;
}

/**
 * Looks at an answer before it is signed, so that a refusal comes before the last step and not after it. Changes nothing but that the
 * invitation counts as opened: somebody pressed a button.
 */
export async function checkSigning(
  instance: Instance,
  scope: InvitationScope,
  input: InvitedSignInput,
  now: Date,
): Promise<Result<null, SignRefusal>> {
  if (input.invitation !== scope.invitationId) return refusal('other-invitation');
  await markOpened(instance, scope, now);
  const refused = await refusedBefore(instance.store.read, scope, input, now);
  return refused === null ? success(null) : refusal(refused);
}

/** Why an answer would sign nothing, as far as reading tells; null where it may. */
async function refusedBefore(read: Reader, scope: InvitationScope, input: InvitedSignInput, now: Date): Promise<SignRefusal | null> {
  const invitation = await findInvitation(read, scope.letterId, scope.invitationId);
  if (!invitation || invitation.status === 'revoked') return 'revoked';
  if (invitation.status === 'signed') return (await findLiveSigning(read, scope)) ? 'already-signed' : 'signature-ended';
  const unfit = unfitEntry(invitation.capacity, input);
  if (unfit) return unfit;
  const letter = await findLetterById(read, scope.letterId);
  const late = letter !== null && mayAnswerLate(letter, invitation);
  const version = await seenVersion(read, letter, input, now, late);
  return version.ok ? null : version.reason;
}
