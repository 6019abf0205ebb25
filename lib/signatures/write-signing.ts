import { takeOrganisation } from '../../db/queries/organisations.ts';
import { insertConsents, insertSignatures, insertSigning } from '../../db/queries/signatures.ts';
import type { Origin, Proof, PublicationChoice, SignatureStatus } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { SignatoryRecord } from '../block/record.ts';
import { seal } from '../crypto/seal.ts';
import type { Locale } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import type { Policies } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { newId } from '../shared/ids.ts';
import { type Admission, asDuplicate, capacityOf, recordOf } from './capacity.ts';
import { type ConsentWording, consentWordingFor, type ShownWords, wordsShown } from './consent-wording.ts';
import type { HeldLetter } from './held-letter.ts';
import { nameIndexOf } from './name-index.ts';
import { signaturePlace, signingPlace } from './places.ts';
import type { EntryInput } from './schema.ts';

/** One act of one person: who, by what door, to which text, and everything that is signed by it. */
export interface SigningAct {
  readonly letterId: string;
  readonly coalitionId: string;
  /** The frozen version and, of the text that was read, language and fingerprint. */
  readonly versionId: string;
  readonly language: string;
  readonly fingerprint: string;
  /** The first of as many places in the order of signing as there are entries. */
  readonly position: number;
  readonly origin: Origin;
  readonly proof: Proof;
  readonly invitationId: string | null;
  readonly openLinkId: string | null;
  readonly person: { readonly email: string; readonly name: string; readonly locale?: Locale };
  readonly addressIndex: Buffer | null;
  /** Null until a button behind a mail has proved the address: nothing is listed before. */
  readonly confirmedAt: Date | null;
  readonly publication: PublicationChoice;
  /** Who reads the copy that is handed over, as `LetterFacts` calls them: their name was on the page. */
  readonly reader: string;
  readonly policies: Pick<Policies, 'representativePrinted'>;
  readonly entries: readonly { readonly input: EntryInput; readonly admission: Admission }[];
}

export interface WrittenEntry {
  readonly signatureId: string;
  readonly input: EntryInput;
  /** `duplicate-organisation` among its flags, where that organisation stands in the list already. */
  readonly admission: Admission;
  readonly status: SignatureStatus;
}

/**
 * Signing, signatures, consents; counts and log go into the held letter, for its `store`. Refused whole, with nothing to undo but the transaction, where the same person has a
 * live personal signature already: null.
 */
export async function writeSigning(
  tx: Tx,
  instance: Instance,
  held: HeldLetter,
  act: SigningAct,
  now: Date,
): Promise<{ readonly signingId: string; readonly entries: readonly WrittenEntry[] } | null> {
  const { keys, random } = instance;
  const { letterId, person } = act;
  const signingId = newId('sgn', random);
  const [first] = act.entries;
  if (!first) throw new Error('a signing without an entry');
  const ids = newEntryIds(instance, act);
  const shown = shownFor(act, ids, now);
  await insertSigning(tx, {
    id: signingId,
    letterId,
    invitationId: act.invitationId,
    openLinkId: act.openLinkId,
    origin: act.origin,
    proof: act.proof,
    sealed: seal(keys, signingPlace(letterId, signingId), { ...person, role: first.input.role, shown }),
    addressIndex: act.addressIndex,
    wording: wordingOf(first.input),
    language: act.language,
    createdAt: now,
    confirmedAt: act.confirmedAt,
  });
  const entries = await writeEntries(tx, instance, held, act, { signingId, ids }, now);
  return entries && { signingId, entries };
}

export const newEntryIds = ({ random }: Pick<Instance, 'random'>, { entries }: Pick<SigningAct, 'entries'>): readonly string[] =>
  entries.map(() => newId('sig', random));

/** The words that stood on the page for these entries. */
export function shownFor({ publication, reader, entries }: SigningAct, ids: readonly string[], now: Date): readonly ShownWords[] {
  return entries.map(({ input }, index) => wordsShown(ids[index] ?? '', { capacity: capacityOf(input.signer), publication, reader }, now));
}

/** The same for entries that are added to a signing; what it says of who acted stays. */
export async function writeEntries(
  tx: Tx,
  instance: Instance,
  held: HeldLetter,
  act: SigningAct,
  { signingId, ids }: { readonly signingId: string; readonly ids: readonly string[] },
  now: Date,
): Promise<readonly WrittenEntry[] | null> {
  const written: WrittenEntry[] = [];
  for (const [offset, entry] of act.entries.entries()) {
    const one = await writeEntry(
      tx,
      instance,
      held,
      { act, signingId, id: ids[offset] ?? '', position: act.position + offset, ...entry },
      now,
    );
    if (!one) return null;
    written.push(one);
  }
  const { versionId, language, fingerprint } = act;
  const consentOf = ({ signatureId, input }: WrittenEntry) => ({
    signatureId,
    versionId,
    language,
    fingerprint,
    wording: wordingOf(input),
    givenAt: now,
  });
  await insertConsents(tx, written.map(consentOf));
  const listed = written.filter(({ status }) => status === 'listed');
  held.count(
    listed.map(({ input }) => ({ capacity: capacityOf(input.signer) })),
    1,
  );
  return written;
}

const wordingOf = ({ signer }: EntryInput): ConsentWording => consentWordingFor(capacityOf(signer));

interface EntryToWrite {
  readonly act: SigningAct;
  readonly signingId: string;
  readonly id: string;
  readonly position: number;
  readonly input: EntryInput;
  readonly admission: Admission;
}

async function writeEntry(tx: Tx, instance: Instance, held: HeldLetter, entry: EntryToWrite, now: Date): Promise<WrittenEntry | null> {
  const { keys } = instance;
  const { act, signingId, id, position, input } = entry;
  const { letterId, coalitionId, person, publication, fingerprint, language } = act;
  const capacity = capacityOf(input.signer);
  const record = recordOf(person.name, input, act.policies);
  // Of what nobody has confirmed yet no organisation is made: anybody can type a name into an open form.
  const organisationId =
    input.signer === 'personal' || act.confirmedAt === null ? null : await organisationOf(tx, instance, coalitionId, record, now);
  // What is unconfirmed takes nobody's one place: whether an address has signed before must not be told to whoever types it.
  const ofPerson = capacity === 'personal' && act.addressIndex !== null && act.confirmedAt !== null;
  const rowOf = (admission: Admission) => {
    const status: SignatureStatus = act.confirmedAt === null ? 'pending' : admission.status;
    return {
      id,
      letterId,
      signingId,
      position,
      capacity,
      status,
      authority: admission.authority,
      publication,
      organisationId,
      sealed: seal(keys, signaturePlace(letterId, id), record),
      addressIndex: ofPerson ? act.addressIndex : null,
      nameIndex: ofPerson ? nameIndexOf(keys, letterId, person.name) : null,
      flags: admission.flags,
      signedAt: now,
      listedAt: status === 'listed' ? now : null,
    };
  };
  let { admission } = entry;
  let taken = await insertSignatures(tx, [rowOf(admission)]);
  if (taken.size === 0 && organisationId !== null) {
    admission = asDuplicate(admission);
    taken = await insertSignatures(tx, [rowOf(admission)]);
  }
  if (taken.size === 0) return null;
  const { status } = rowOf(admission);
  const said = {
    signing: signingId,
    signature: id,
    invitation: act.invitationId,
    ...(act.openLinkId === null ? {} : { openLink: act.openLinkId }),
    publication,
    status,
    authority: admission.authority,
    flags: admission.flags,
    wording: wordingOf(input),
    language,
    entry: { ...record },
    signer: { name: person.name, role: input.role },
  };
  const actor = { kind: 'signatory', id: signingId } as const;
  await held.log(tx, instance, { type: 'signed', actor, fingerprint, record: said }, now);
  return { signatureId: id, input, admission, status };
}

/** The organisation a record names, made where the coalition does not know it yet. */
export async function organisationOf(
  tx: Tx,
  { random }: Pick<Instance, 'random'>,
  coalitionId: string,
  { organisation, acronym, country }: SignatoryRecord,
  now: Date,
): Promise<string> {
  const name = organisation ?? '';
  const named = { name, normalisedName: normaliseOrganisationName(name), acronym: acronym ?? null, country: country ?? null };
  return (await takeOrganisation(tx, { id: newId('org', random), coalitionId, createdAt: now, ...named })).id;
}
