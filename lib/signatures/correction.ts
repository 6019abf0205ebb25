import { storeCorrection, storeReviewTrail, storeSigner } from '../../db/queries/corrections.ts';
import { findInvitation } from '../../db/queries/invitations.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import { hasLiveOrganisation, hasLivePerson } from '../../db/queries/live-entries.ts';
import type { SignatureRow, SigningRow } from '../../db/queries/signatures.ts';
import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { type Actor, appendAudit } from '../audit/append.ts';
import type { SignatoryRecord } from '../block/record.ts';
import { seal, unseal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { findReader } from '../invitations/mail.ts';
import { openInvited } from '../invitations/places.ts';
import { policiesOf } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { signersFor } from './capacity.ts';
import { wordsShown } from './consent-wording.ts';
import { storedWish } from './correct-schema.ts';
import { countListed } from './counts.ts';
import type { EntryFields } from './entry-fields.ts';
import { nameIndexOf } from './name-index.ts';
import { findSigner, openRecord, signaturePlace, signingPlace, wishPlace } from './places.ts';
import { openReview, withStep } from './review-trail.ts';
import type { Signer } from './schema.ts';
import { organisationOf } from './write-signing.ts';

/** What an entry's signatory wants it to become; null where nothing waits. */
export function openWish({ keys }: Pick<Instance, 'keys'>, row: SignatureRow): EntryFields | null {
  if (row.proposed === null) return null;
  const opened = unseal(keys, wishPlace(row.letterId, row.id), row.proposed);
  if (!opened.ok) throw new Error(`the wish of signature ${row.id} does not open: ${opened.reason}`);
  return storedWish.parse(opened.value);
}

/** By what door a signing came, as far as its gates ask: whom an invitation was for, or nobody in particular. */
export interface CameBy {
  readonly invited: {
    readonly capacity: Capacity;
    readonly organisation: string;
    /** The coalition did not choose this address: whoever held the link to another one gave it as their own. */
    readonly claimed: boolean;
  } | null;
  /** A member vouched for it and no address is proved: for whom, and for what name, is theirs to say. */
  readonly vouched: boolean;
}

export async function cameBy(db: Reader, { keys }: Pick<Instance, 'keys'>, signing: SigningRow): Promise<CameBy> {
  const invitation = signing.invitationId === null ? null : await findInvitation(db, signing.letterId, signing.invitationId);
  if (invitation === null) return { invited: null, vouched: false };
  const { organisation, claimed } = openInvited(keys, invitation);
  return { invited: { capacity: invitation.capacity, organisation, claimed: claimed === true }, vouched: signing.proof === 'vouched' };
}

/** In whose name an entry that came by this door may stand. */
export const signersBy = ({ invited }: CameBy): readonly Signer[] => signersFor(invited?.capacity ?? 'organisation');

export const sameName = (one: string, other: string): boolean => normaliseOrganisationName(one) === normaliseOrganisationName(other);

/** What of a correction has to be looked at before it may stand in the list; none of it where the entry stands in no list yet. */
export interface Gates {
  /** It names another organisation, which nobody invited, or speaks for one for the first time: somebody must say it is authorised. */
  readonly authority: boolean;
  /** Another name, organisation or capacity, under a letter whose every entry is approved, or than a member vouched for. */
  readonly approval: boolean;
}

export function gatesOf(row: SignatureRow, letter: LetterRow, door: CameBy, now: EntryFields, next: EntryFields): Gates {
  const capacity = now.signer !== next.signer;
  const organisation = next.signer === 'organisation' && !sameName(now.organisation, next.organisation);
  const invited = door.invited !== null && !door.invited.claimed && sameName(next.organisation, door.invited.organisation);
  if (row.status !== 'listed') return { authority: false, approval: false };
  return {
    authority: next.signer === 'organisation' && (capacity || organisation) && !invited,
    approval:
      (door.vouched || policiesOf(letter.policies).listed === 'on-approval') && (capacity || organisation || now.name !== next.name),
  };
}

/** Whether somebody has to say anew that they may speak for an organisation. */
export const speaksAnew = (now: EntryFields, next: EntryFields): boolean =>
  next.signer === 'organisation' && (now.signer !== 'organisation' || !sameName(now.organisation, next.organisation));

/** `duplicate-organisation`: it stands in the list already. `signed-before`: the same name has signed from the same address. */
export type ApplyRefusal = 'duplicate-organisation' | 'signed-before';

/** Times that a signing remembers what stood on the page; whoever changes their mind beyond keeps the last ones. */
const MOST_SHOWN = 100;

interface Applying {
  readonly coalitionId: string;
  readonly row: SignatureRow;
  readonly signing: SigningRow;
  readonly door: CameBy;
  readonly record: SignatoryRecord;
  readonly publication: PublicationChoice;
  /** Who acted, where that changes too. */
  readonly signer: { readonly name: string; readonly role: string } | null;
  readonly keepsWish: boolean;
  readonly actor: Actor;
  /** Why, in the words of whoever corrects what is somebody else's. */
  readonly reason?: string;
}

/**
 * Puts another record in the place of an entry's, where every gate has been passed: indexes, uniqueness, counts and log go with it. Its place in the order of signing stays.
 * @returns null once it is done
 */
export async function applyCorrection(tx: Tx, instance: Instance, applying: Applying, now: Date): Promise<ApplyRefusal | null> {
  const { keys } = instance;
  const { row, signing, record, publication, signer, coalitionId } = applying;
  const { id, letterId } = row;
  const { capacity } = record;
  const moves = capacity !== row.capacity;
  let organisationId: string | null = null;
  let nameIndex: Buffer | null = null;
  const addressIndex = capacity === 'personal' ? signing.addressIndex : null;
  if (capacity === 'organisation' && record.organisation !== undefined) {
    organisationId = await organisationOf(tx, instance, coalitionId, record, now);
    if (row.status === 'listed' && (await hasLiveOrganisation(tx, letterId, organisationId, id))) return 'duplicate-organisation';
  }
  if (capacity === 'personal' && addressIndex !== null) {
    nameIndex = nameIndexOf(keys, letterId, record.name ?? '');
    const same = row.nameIndex?.equals(nameIndex) === true;
    if (!same && (await hasLivePerson(tx, letterId, addressIndex, nameIndex))) return 'signed-before';
  }
  const before = openRecord(keys, row);
  const sealed = seal(keys, signaturePlace(letterId, id), record);
  const authority = capacity === 'personal' ? null : row.status === 'listed' ? 'authorised' : (row.authority ?? 'awaiting-decision');
  const flags = row.status === 'held' ? await flagsOf(tx, applying, organisationId) : row.flags;
  const stays = { publication, flags, place: moves ? null : row.place };
  await storeCorrection(tx, id, { capacity, authority, organisationId, sealed, addressIndex, nameIndex, ...stays }, applying.keepsWish);
  if (moves && row.status === 'listed') {
    await countListed(tx, letterId, [{ capacity: row.capacity }], -1);
    await countListed(tx, letterId, [{ capacity }], 1);
  }
  // What was agreed to anew was agreed to in the words of the day it was asked for; a coordinator changes neither.
  const anew = moves || publication !== row.publication;
  const words = anew ? wordsShown(id, { capacity, publication, reader: await findReader(tx, letterId) }, row.proposedAt ?? now) : null;
  const stored = signer || words ? findSigner(keys, signing) : null;
  if (stored) {
    const shown = words ? { shown: [...(stored.shown ?? []), words].slice(-MOST_SHOWN) } : {};
    await storeSigner(tx, signing.id, seal(keys, signingPlace(letterId, signing.id), { ...stored, ...signer, ...shown }));
  }
  const said = {
    signature: id,
    before: { ...before, publication: row.publication },
    after: { ...record, publication },
    // Consents are never changed: what was agreed to for another capacity, or another reader, stands here.
    ...(words ? { words } : {}),
    ...(applying.reason ? { reason: applying.reason } : {}),
  };
  const { actor } = applying;
  const event = { scope: { kind: 'letter', id: letterId }, type: 'signature-corrected', actor, record: said } as const;
  await rememberStep(tx, instance, row, { by: actor, sequence: await appendAudit(tx, instance, event, now) });
  return null;
}

/** What a member did to somebody's entry is found again from that entry; what its signatory did, by who they are. */
export async function rememberStep(
  tx: Tx,
  { keys }: Pick<Instance, 'keys'>,
  row: SignatureRow,
  { by, sequence }: { readonly by: Actor; readonly sequence: number },
): Promise<void> {
  if (by.kind !== 'member') return;
  const { reason } = openReview(keys, row);
  await storeReviewTrail(tx, row.id, withStep(keys, row, { sequence, reason }));
}

/** Why an entry is held, told anew where it names another organisation now. It stays held: whoever looked, or will, has the last word. */
async function flagsOf(tx: Tx, { row, door, record }: Applying, organisationId: string | null): Promise<readonly string[]> {
  if (organisationId === row.organisationId) return row.flags;
  const other = door.invited !== null && organisationId !== null && !sameName(record.organisation ?? '', door.invited.organisation);
  const duplicate = organisationId !== null && (await hasLiveOrganisation(tx, row.letterId, organisationId, row.id));
  const flags = [
    ...row.flags.filter((flag) => flag !== 'other-organisation' && flag !== 'duplicate-organisation'),
    ...(other ? ['other-organisation'] : []),
    ...(duplicate ? ['duplicate-organisation'] : []),
  ];
  return flags.length > 0 ? flags : ['awaiting-approval'];
}
