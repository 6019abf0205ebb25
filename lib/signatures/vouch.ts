import { findLetter, type LetterRow, listVersionTexts } from '../../db/queries/letters.ts';
import { findOrganisationByName, takeOrganisations } from '../../db/queries/organisations.ts';
import {
  hasLiveOrganisation,
  hasLivePerson,
  holdLetter,
  insertConsents,
  insertSignatures,
  insertSignings,
  takePositions,
} from '../../db/queries/signatures.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { For } from '../coalitions/access.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { enqueueJob } from '../jobs/queue.ts';
import { type Policies, policiesOf } from '../letters/presets.ts';
import { isDraft, isFinal } from '../letters/status.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { attempt } from '../shared/attempt.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { nameIndexOf } from './name-index.ts';
import { signaturePlace, signingPlace } from './places.ts';
import { tellVouched } from './tell-vouched.ts';
import type { Vouching, VouchRow } from './vouch-schema.ts';
import { countListed } from './write-signing.ts';

/** No wording was shown: a member vouches. */
const WORDING = 'vouched/1';
/** The day may have begun already where the member sits. */
const AHEAD_MS = 14 * 3_600_000;
/** Rows a transaction: with its sync to disk under 50 ms. */
const AT_ONCE = 25;

/**
 * A row that cannot be recorded, counted from 0. `twice`: the same organisation, or the same name at the same address, stands among the
 * rows before; `in-the-list`: in the list already.
 */
export interface RowRefusal {
  readonly index: number;
  readonly reason: 'twice' | 'in-the-list';
}

export type VouchRefusal = 'letter-ended' | 'not-open-yet' | 'future-date' | readonly RowRefusal[];

export interface Vouched {
  readonly ids: readonly string[];
  /** They stand in the list, or wait for a look where the letter asks for one. */
  readonly status: 'listed' | 'held';
}

/**
 * Records the yes of people and organisations who said it by other means: a member vouches for them, with means and date. A list with a
 * fault records nobody. The rows are looked at together and then written some at a time, so that whoever signs meanwhile hardly waits;
 * an organisation that was quicker than its row keeps its place, and the row waits for a look. Those who have an address are told by mail.
 */
export async function vouchEntries(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { rows, said }: { readonly rows: readonly VouchRow[]; readonly said: Vouching },
  now: Date,
): Promise<Result<Vouched, VouchRefusal>> {
  const { letterId, coalitionId } = scope;
  if (Date.parse(said.date) > now.getTime() + AHEAD_MS) return refusal('future-date');
  const letter = await findLetter(instance.store.read, coalitionId, letterId);
  const hindrance = hindranceToVouching(letter);
  if (!letter || hindrance) return refusal(hindrance ?? 'letter-ended');
  const twice = repeatedRows(rows);
  if (twice.length > 0) return refusal(twice);
  const policies = policiesOf(letter.policies);
  const made = rows.map((row) => makeEntry(instance, letterId, row, said, policies));
  const there = await rowsInList(instance.store.read, scope, made);
  if (there.length > 0) return refusal(there);
  const status: Vouched['status'] = policies.listed === 'on-approval' ? 'held' : 'listed';
  const ids: string[] = [];
  for (let from = 0; from < made.length; from += AT_ONCE) {
    const some = made.slice(from, from + AT_ONCE);
    const written = await writeSome(instance, scope, { entries: some, said, status, single: made.length === 1 }, now);
    if (!written.ok) return written;
    ids.push(...written.value);
  }
  return success({ ids, status });
}

function hindranceToVouching(letter: Pick<LetterRow, 'status'> | null): 'not-open-yet' | 'letter-ended' | null {
  if (letter && isDraft(letter.status)) return 'not-open-yet';
  return letter && !isFinal(letter.status) ? null : 'letter-ended';
}

interface Piece {
  readonly entries: readonly MadeEntry[];
  readonly said: Vouching;
  readonly status: Vouched['status'];
  /** There are no others to be written beside it: whoever was quicker is told of at the form. */
  readonly single: boolean;
}

/** Some entries with consents, counts, log and the job that tells them, in one transaction. */
async function writeSome(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { entries, said, status, single }: Piece,
  now: Date,
): Promise<Result<readonly string[], VouchRefusal>> {
  const { letterId, coalitionId, memberId } = scope;
  return await attempt<readonly string[], VouchRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const letter = await findLetter(tx, coalitionId, letterId);
    const hindrance = hindranceToVouching(letter);
    if (hindrance) return refuse(hindrance);
    const authentic = (await listVersionTexts(tx, letter?.liveVersionId ?? '')).find((text) => text.authentic);
    if (!authentic) return refuse('not-open-yet');
    const there = new Map((await rowsInList(tx, scope, entries)).map((row) => [row.index, row]));
    if (single && there.size > 0) return refuse([...there.values()]);
    // A person who signed meanwhile stands there by their own act.
    const made = entries
      .map((entry, index) => ({ ...entry, late: there.has(index) }))
      .filter(({ late, row }) => !late || row.capacity === 'organisation');
    if (made.length === 0) return [];
    const organisations = await takeNamed(
      tx,
      instance,
      coalitionId,
      made.map(({ row }) => row),
      now,
    );
    const first = await takePositions(tx, letterId, made.length);
    if (first === null) return refuse('letter-ended');
    const { versionId, language, fingerprint } = authentic;
    const common = { letterId, proof: 'vouched', origin: 'on-behalf', wording: WORDING, language } as const;
    const vouched = { vouchedBy: memberId, vouchedMeans: said.means, vouchedOn: said.date, createdAt: now, confirmedAt: now };
    await insertSignings(
      tx,
      made.map(({ signingId: id, signer: sealed, addressIndex }) => ({ ...common, ...vouched, id, sealed, addressIndex })),
    );
    const signatures = made.map((entry, index) => ({
      ...rowOf(entry, { status: entry.late ? 'held' : status, organisations, publication: said.publication, now }),
      letterId,
      position: first + index,
    }));
    if ((await insertSignatures(tx, signatures)).size < made.length) throw new Error('an entry took a place while its letter was held');
    await insertConsents(
      tx,
      made.map(({ id: signatureId }) => ({ signatureId, versionId, language, fingerprint, wording: WORDING, givenAt: now })),
    );
    await countListed(
      tx,
      letterId,
      signatures.filter((row) => row.status === 'listed'),
      1,
    );
    const recorded = made.map(({ id, record, row }) => ({
      signature: id,
      entry: { ...record },
      signer: { name: row.name, role: row.role },
    }));
    const record = { means: said.means, on: said.date, publication: said.publication, status, entries: recorded };
    const actor = { kind: 'member', id: memberId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'entries-vouched', actor, fingerprint, record }, now);
    const told = made.filter(({ row }) => row.email !== null).map(({ signingId }) => signingId);
    if (told.length > 0) await enqueueJob(tx, instance, { handler: tellVouched, payload: { coalitionId, letterId, signings: told } }, now);
    return made.map(({ id }) => id);
  });
}

interface Standing {
  readonly status: Vouched['status'];
  readonly organisations: ReadonlyMap<string, string>;
  readonly publication: Vouching['publication'];
  readonly now: Date;
}

function rowOf({ id, signingId, sealed, nameIndex, addressIndex, row, late }: MadeEntry & { readonly late: boolean }, at: Standing) {
  const { status, organisations, publication, now } = at;
  const personal = row.capacity === 'personal';
  return {
    id,
    signingId,
    capacity: row.capacity,
    status,
    authority: personal ? null : status === 'listed' ? ('authorised' as const) : ('awaiting-decision' as const),
    publication,
    organisationId: personal ? null : (organisations.get(normaliseOrganisationName(row.organisation)) ?? null),
    sealed,
    addressIndex: personal ? addressIndex : null,
    nameIndex,
    flags: late ? ['duplicate-organisation'] : status === 'held' ? ['awaiting-approval'] : [],
    signedAt: now,
    listedAt: status === 'listed' ? now : null,
  };
}

interface MadeEntry {
  readonly id: string;
  readonly signingId: string;
  readonly row: VouchRow;
  readonly record: SignatoryRecord;
  readonly sealed: Buffer;
  readonly signer: Buffer;
  readonly addressIndex: Buffer | null;
  readonly nameIndex: Buffer | null;
}

function makeEntry({ keys, random }: Instance, letterId: string, row: VouchRow, said: Vouching, policies: Policies): MadeEntry {
  const [id, signingId] = [newId('sig', random), newId('sgn', random)];
  const { email, name, role } = row;
  const record = vouchedRecord(row, said.representativePrinted === 'yes' && policies.representativePrinted !== 'never');
  return {
    id,
    signingId,
    row,
    record,
    sealed: seal(keys, signaturePlace(letterId, id), record),
    signer: seal(keys, signingPlace(letterId, signingId), { email: email?.asTyped ?? '', name, role }),
    addressIndex: email === null ? null : blindIndex(keys, 'address', letterId, email.canonical),
    nameIndex: row.capacity === 'personal' && email !== null ? nameIndexOf(keys, letterId, name) : null,
  };
}

/** The entry as it will stand in the list; the person beside an organisation only where they asked for it. */
function vouchedRecord({ capacity, organisation, acronym, name, role, city, country }: VouchRow, printed: boolean): SignatoryRecord {
  const person = capacity === 'personal' || printed ? { name, role } : {};
  const given = { ...person, organisation, ...(capacity === 'organisation' ? { acronym } : {}), city, country };
  return { capacity, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) };
}

/** What makes two rows the same entry; null for a person without an address: two people may share a name. */
function sameness({ capacity, organisation, name, email }: VouchRow): string | null {
  if (capacity === 'organisation') return `o ${normaliseOrganisationName(organisation)}`;
  return email === null ? null : `p ${email.canonical} ${normaliseOrganisationName(name)}`;
}

function repeatedRows(rows: readonly VouchRow[]): readonly RowRefusal[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = sameness(row);
    if (key === null || !seen.has(key)) {
      if (key !== null) seen.add(key);
      return [];
    }
    return [{ index, reason: 'twice' as const }];
  });
}

async function takeNamed(tx: Tx, { random }: Instance, coalitionId: string, rows: readonly VouchRow[], now: Date) {
  const named = new Map(
    rows.flatMap((row) => (row.capacity === 'organisation' ? [[normaliseOrganisationName(row.organisation), row]] : [])),
  );
  const wanted = [...named].map(([normalisedName, { organisation, acronym, country }]) => ({
    id: newId('org', random),
    name: organisation,
    normalisedName,
    acronym: acronym || null,
    country: country || null,
    createdAt: now,
  }));
  return await takeOrganisations(tx, coalitionId, wanted);
}

/** Which rows stand in the list already: an organisation counts once, and so does a name at an address. */
async function rowsInList(
  db: Reader,
  { coalitionId, letterId }: Pick<LetterScope, 'coalitionId' | 'letterId'>,
  made: readonly MadeEntry[],
): Promise<readonly RowRefusal[]> {
  const found: RowRefusal[] = [];
  for (const [index, { id, row, addressIndex, nameIndex }] of made.entries()) {
    const known =
      row.capacity === 'organisation' ? await findOrganisationByName(db, coalitionId, normaliseOrganisationName(row.organisation)) : null;
    const there =
      row.capacity === 'organisation'
        ? known !== null && (await hasLiveOrganisation(db, letterId, known.id, id))
        : addressIndex !== null && nameIndex !== null && (await hasLivePerson(db, letterId, addressIndex, nameIndex));
    if (there) found.push({ index, reason: 'in-the-list' });
  }
  return found;
}
