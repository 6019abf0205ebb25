import { storeSigner } from '../../db/queries/corrections.ts';
import { findInvitation } from '../../db/queries/invitations.ts';
import { findLetterById } from '../../db/queries/letters.ts';
import { listOutcomesOfPerson } from '../../db/queries/live-entries.ts';
import { findSigning, type SignatureRow, type SigningRow } from '../../db/queries/signatures.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { SigningScope } from '../access/scope.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { Keys } from '../crypto/keys.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { wasKeptOut } from '../invitations/passed-on-line.ts';
import { openInvited } from '../invitations/places.ts';
import { policiesOf } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { attempt } from '../shared/attempt.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { admit, type Door, recordOf } from './capacity.ts';
import { type CameBy, cameBy, signersBy } from './correction.ts';
import { holdForSigning } from './held-letter.ts';
import { nameIndexOf } from './name-index.ts';
import { openRecord, openSigner, signingPlace } from './places.ts';
import { queueAdded } from './receipt.ts';
import type { AddInput, EntryInput, Signer } from './schema.ts';
import { admits, doorOfInvitation, seenVersion, takePlaces } from './sign.ts';
import { isLive } from './status.ts';
import { takeOver } from './take-over.ts';
import { newEntryIds, type SigningAct, shownFor, writeEntries } from './write-signing.ts';

/** Entries that one signing may come to have, those that ended among them. */
const MOST_ENTRIES = 20;

/** `not-signed`: nothing is left of what was signed that something could be added to. */
export type AddRefusal =
  | 'other-signing'
  | 'not-signed'
  | 'too-many'
  | 'signed-before'
  | 'letter-not-open'
  | 'deadline-passed'
  | 'stale'
  | Fault;

export interface Added {
  readonly status: SignatureRow['status'];
}

/**
 * In whose name somebody may add an entry to what they signed: organisations by the door they came through, themself where they do not
 * stand there yet. Nobody where no mail to them has proved their address.
 */
export function signersToAdd(
  signing: Pick<SigningRow, 'proof' | 'invitationId'>,
  rows: readonly Pick<SignatureRow, 'status' | 'capacity'>[],
  door: CameBy,
): readonly Signer[] {
  const live = rows.filter(({ status }) => isLive(status) && status !== 'pending');
  // Behind a link that a coordinator handed over may stand anybody, also once its first holder has proved an address.
  const mailed = signing.proof === 'invitation' || (signing.proof === 'confirmation' && signing.invitationId === null);
  if (live.length === 0 || !mailed) return [];
  const personally = live.some(({ capacity }) => capacity === 'personal');
  return signersBy(door).filter((signer) => signer !== 'personal' || !personally);
}

/**
 * Somebody who has signed adds a second organisation, or themself. The entry passes the gates it would pass in a new signing: the text it
 * was given to, deadline, consent, and whatever holds such an entry. The same one sent again adds nothing.
 * @returns a fault at `signer`, `authorised` or `organisation`
 */
export async function addEntry(instance: Instance, scope: SigningScope, input: AddInput, now: Date): Promise<Result<Added, AddRefusal>> {
  const { letterId, coalitionId, signingId } = scope;
  if (input.signing !== signingId) return refusal('other-signing');
  const [entry] = input.entries;
  return await attempt<Added, AddRefusal>(instance.store, async (tx, refuse) => {
    const held = await holdForSigning(tx, letterId);
    const given = await findSigning(tx, letterId, signingId);
    if (!given || !held) return refuse('not-signed');
    const { facts } = held;
    const { signing, signatures } = given;
    const policies = policiesOf(facts.letter.policies);
    const person = openSigner(instance.keys, signing);
    const same = findSame(instance, signatures, recordOf(person.name, entry, policies), input.publication);
    if (same) return { status: same.status };
    const unfit = await unfitToAdd(tx, instance, { signing, signatures, entry, signed: true });
    if (unfit) return refuse(unfit);
    const place = await takePlaces(tx, held, { ...input, entries: [entry] }, now);
    if (!place.ok) return refuse(place.reason);
    const { door, invitation, hands } = await doorOf(tx, instance, { signing, signatures, name: person.name });
    if (invitation && admits({ entries: [entry] }, door, policies)) {
      await takeOver(tx, instance, held, { invitation, hands }, now);
    }
    const act: SigningAct = {
      ...place.value,
      letterId,
      coalitionId,
      language: input.language,
      fingerprint: input.fingerprint,
      origin: signing.origin,
      proof: signing.proof,
      invitationId: signing.invitationId,
      openLinkId: signing.openLinkId,
      person,
      addressIndex: signing.addressIndex,
      confirmedAt: signing.confirmedAt,
      publication: input.publication,
      reader: facts.reader,
      policies,
      entries: [{ input: entry, admission: admit(entry, door, policies) }],
    };
    const ids = newEntryIds(instance, act);
    const [written] = (await writeEntries(tx, instance, held, act, { signingId, ids }, now)) ?? [];
    if (!written) return refuse('signed-before');
    await held.store(tx);
    const shown = [...(person.shown ?? []), ...shownFor(act, ids, now)];
    await storeSigner(tx, signingId, seal(instance.keys, signingPlace(letterId, signingId), { ...person, shown }));
    await queueAdded(tx, instance, { facts, scope, signing, entry: written, input }, now);
    return { status: written.status };
  });
}

/** Looks at an entry before it is added, so that a refusal comes before the last step. Changes nothing. */
export async function checkAdding(instance: Instance, scope: SigningScope, input: AddInput, now: Date): Promise<Result<null, AddRefusal>> {
  if (input.signing !== scope.signingId) return refusal('other-signing');
  const { read } = instance.store;
  const given = await findSigning(read, scope.letterId, scope.signingId);
  if (!given) return refusal('not-signed');
  const unfit = await unfitToAdd(read, instance, { ...given, entry: input.entries[0], signed: false });
  if (unfit) return refusal(unfit);
  const version = await seenVersion(read, await findLetterById(read, scope.letterId), input, now);
  return version.ok ? success(null) : version;
}

interface ToAdd {
  readonly signing: SigningRow;
  readonly signatures: readonly SignatureRow[];
  readonly entry: EntryInput;
  /** It is not only looked at. */
  readonly signed: boolean;
}

async function unfitToAdd(
  db: Reader,
  { keys }: Pick<Instance, 'keys'>,
  { signing, signatures, entry, signed }: ToAdd,
): Promise<AddRefusal | null> {
  const offered = signersToAdd(signing, signatures, await cameBy(db, { keys }, signing));
  if (!signatures.some(({ status }) => isLive(status))) return 'not-signed';
  if (!offered.includes(entry.signer)) return { place: 'signer', reason: 'not-offered' };
  if (signatures.length >= MOST_ENTRIES) return 'too-many';
  if (entry.signer === 'personal') return null;
  if (signed && !entry.authorised) return { place: 'authorised', reason: 'required' };
  const name = normaliseOrganisationName(entry.organisation);
  const stands = signatures.some(
    (row) =>
      isLive(row.status) && row.capacity === 'organisation' && normaliseOrganisationName(openRecord(keys, row).organisation ?? '') === name,
  );
  return stands ? { place: 'organisation', reason: 'added-before' } : null;
}

/** An entry of this signing that is just what is to be added. */
function findSame(
  { keys }: { readonly keys: Keys },
  rows: readonly SignatureRow[],
  record: SignatoryRecord,
  publication: AddInput['publication'],
): SignatureRow | undefined {
  const sought = canonicalJson({ ...record });
  return rows.find(
    (row) => isLive(row.status) && row.publication === publication && canonicalJson({ ...openRecord(keys, row) }) === sought,
  );
}

async function doorOf(
  tx: Tx,
  instance: Instance,
  { signing, signatures, name }: { readonly signing: SigningRow; readonly signatures: readonly SignatureRow[]; readonly name: string },
) {
  const invitation = signing.invitationId === null ? null : await findInvitation(tx, signing.letterId, signing.invitationId);
  if (!invitation) {
    const { letterId, addressIndex } = signing;
    const nameIndex = nameIndexOf(instance.keys, letterId, name);
    const earlier = addressIndex === null ? [] : await listOutcomesOfPerson(tx, letterId, { addressIndex, nameIndex }, null);
    const door: Door = { kind: 'open-link', keptOut: [...signatures, ...earlier].some(wasKeptOut) };
    return { door, invitation, hands: [] };
  }
  return { ...(await doorOfInvitation(tx, instance, { invitation, invited: openInvited(instance.keys, invitation) }, name)), invitation };
}
