import { findLetter, type LetterRow, listVersionTexts } from '../../db/queries/letters.ts';
import { listLiveOrganisations, listLivePersons, personKey } from '../../db/queries/live-entries.ts';
import { takeOrganisations } from '../../db/queries/organisations.ts';
import {
  admitRecorded,
  deleteLeftRecording,
  deleteRecorded,
  endRecording,
  listLeftRecordings,
  listRecorded,
  moveRecording,
  takeRecording,
} from '../../db/queries/recordings.ts';
import { holdLetter, insertConsents, insertSignatures, insertSignings, takePositions } from '../../db/queries/signatures.ts';
import type { BatchState } from '../../db/schema/values.ts';
import type { Reader, Store, Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { Part } from '../block/addenda.ts';
import type { For } from '../coalitions/access.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Instance } from '../instance.ts';
import { enqueueJob } from '../jobs/queue.ts';
import { partListedNow } from '../letters/addendum.ts';
import { isDraft, takesNames } from '../letters/status.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { newId } from '../shared/ids.ts';
import { countListed } from './counts.ts';
import { tellVouched } from './tell-vouched.ts';
import type { Vouching, VouchRow } from './vouch-schema.ts';
import type { MadeEntry } from './vouched-entries.ts';

/** No wording was shown: a member vouches. */
const WORDING = 'vouched/1';
/** So few are written and admitted by one transaction. */
const FEW = 10;
/** Rows a transaction deletes. */
const AT_ONCE = 25;

type Runner = For<LetterScope, 'run'>;

export interface Vouched {
  /** Entries that were recorded. */
  readonly count: number;
  /** They stand in the list, or wait for a look where the letter asks for one. */
  readonly status: 'listed' | 'held';
  /** Of those that are listed otherwise: organisations that somebody else signed for while the rows were written. They wait for a look. */
  readonly waiting: number;
  /** People who signed by themselves while the rows were written: nothing was recorded for them. */
  readonly left: number;
}

/** One press of a form's button. */
export interface Recording {
  /** Made with the form: what is sent twice from one form is recorded once. */
  readonly mark: string;
  readonly rows: readonly VouchRow[];
  readonly said: Vouching;
}

/**
 * The same for the same rows out of the same form, and for nothing else: whoever goes back, types another name and presses again has
 * recorded somebody else.
 */
export function recordingId(keys: Keys, { letterId, memberId }: Runner, { mark, rows, said }: Recording): string {
  const { publication, representativePrinted, means, date } = said;
  const typed = rows.map((row) => ({ ...row, email: row.email?.canonical ?? null }));
  const whole = canonicalJson({ memberId, mark, rows: typed, publication, representativePrinted, means, date });
  return `bat_${blindIndex(keys, 'recording', letterId, whole).subarray(0, 16).toString('base64url')}`;
}

interface Outcome {
  readonly state: BatchState;
  readonly count: number;
  readonly heldCount: number;
}

/**
 * What came of a recording, once it is whole.
 * @param sent rows of the form
 */
export function vouchedBy(batch: Outcome | null, sent: number): Vouched | null {
  if (batch?.state !== 'recorded') return null;
  const { count, heldCount } = batch;
  const status = count > 0 && heldCount === count ? 'held' : 'listed';
  return { count, status, waiting: status === 'held' ? 0 : heldCount, left: sent - count };
}

export function hindranceToVouching(letter: Pick<LetterRow, 'status'> | null): 'not-open-yet' | 'letter-ended' | null {
  if (letter && isDraft(letter.status)) return 'not-open-yet';
  return letter && takesNames(letter.status) ? null : 'letter-ended';
}

export interface Act {
  readonly id: string;
  readonly entries: readonly MadeEntry[];
  readonly said: Vouching;
  readonly status: Vouched['status'];
}

/** `in-the-list`: the only row of all was quicker by itself. */
export type RecordRefusal = 'not-open-yet' | 'letter-ended' | 'in-the-list';

/**
 * Goes on with a recording by one transaction: some rows more, or, once all of them are written, the one that admits them. Whatever ends
 * the process, and however many press at once, the next call goes on where the last commit left it.
 * @param act `atOnce` rows are written at most
 * @returns null where there is more to do
 */
export async function recordSome(
  tx: Tx,
  instance: Instance,
  scope: Runner,
  act: Act & { readonly atOnce: number },
  refuse: (reason: RecordRefusal) => never,
  now: Date,
): Promise<Vouched | null> {
  const { letterId, coalitionId, memberId } = scope;
  const { id, entries, said } = act;
  await holdLetter(tx, letterId);
  const begun = { id, letterId, memberId, means: said.means, fileHash: '', state: 'recording', createdAt: now } as const;
  const recording = await takeRecording(tx, begun);
  const done = vouchedBy(recording, entries.length);
  if (done) return done;
  const letter = await findLetter(tx, coalitionId, letterId);
  const hindrance = hindranceToVouching(letter);
  if (!letter || hindrance) return refuse(hindrance ?? 'letter-ended');
  const some = entries.slice(recording.count, recording.count + Math.max(FEW, act.atOnce));
  const written = recording.count + some.length;
  if (some.length > 0) {
    await writeSome(tx, instance, scope, { ...act, entries: some }, now);
    if (!(await moveRecording(tx, id, recording.count, written))) throw new Error('a recording moved while its letter was held');
    // Few are written and admitted at once; of many the last ones have had their time.
    if (written < entries.length || entries.length > FEW) return null;
  }
  return await admit(tx, instance, scope, { ...act, addendum: partListedNow(letter, now) }, refuse, now);
}

const authentic = async (tx: Tx, { coalitionId, letterId }: Runner) => {
  const letter = await findLetter(tx, coalitionId, letterId);
  const text = (await listVersionTexts(tx, letter?.liveVersionId ?? '')).find((each) => each.authentic);
  if (!text) throw new Error(`letter ${letterId} is open without a text`);
  return text;
};

/** Some entries with their consents, to be seen by nobody yet. */
async function writeSome(tx: Tx, instance: Instance, scope: Runner, { id: batchId, entries, said, status }: Act, now: Date): Promise<void> {
  const { letterId, coalitionId, memberId } = scope;
  const { versionId, language, fingerprint } = await authentic(tx, scope);
  const rows = entries.map(({ row }) => row);
  const organisations = await takeNamed(tx, instance, coalitionId, rows, now);
  const first = await takePositions(tx, letterId, entries.length);
  if (first === null) throw new Error('a letter went while it was held');
  const common = { letterId, proof: 'vouched', origin: 'on-behalf', wording: WORDING, language } as const;
  const vouched = { vouchedBy: memberId, vouchedMeans: said.means, vouchedOn: said.date, createdAt: now, confirmedAt: now };
  await insertSignings(
    tx,
    entries.map(({ signingId: id, signer: sealed, addressIndex }) => ({ ...common, ...vouched, id, sealed, addressIndex })),
  );
  await insertSignatures(
    tx,
    entries.map(({ id, signingId, sealed, nameIndex, addressIndex, row: { capacity, organisation } }, index) => ({
      id,
      letterId,
      signingId,
      batchId,
      position: first + index,
      capacity,
      status: 'recording' as const,
      authority: capacity === 'personal' ? null : status === 'listed' ? ('authorised' as const) : ('awaiting-decision' as const),
      publication: said.publication,
      organisationId: capacity === 'personal' ? null : (organisations.get(normaliseOrganisationName(organisation)) ?? null),
      sealed,
      addressIndex: capacity === 'personal' ? addressIndex : null,
      nameIndex,
      flags: status === 'held' ? ['awaiting-approval'] : [],
      signedAt: now,
      listedAt: status === 'listed' ? now : null,
    })),
  );
  await insertConsents(
    tx,
    entries.map(({ id: signatureId }) => ({ signatureId, versionId, language, fingerprint, wording: WORDING, givenAt: now })),
  );
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

export interface Standing {
  readonly organisationId: string | null;
  readonly addressIndex: Buffer | null;
  readonly nameIndex: Buffer | null;
}

/** Which of these stand in the list already: an organisation counts once, and so does a name at an address. */
export async function standingAlready<One extends Standing>(db: Reader, letterId: string, all: readonly One[]): Promise<ReadonlySet<One>> {
  const organisations = all.flatMap(({ organisationId }) => organisationId ?? []);
  const named = all.filter(({ nameIndex }) => nameIndex !== null);
  const addresses = named.flatMap(({ addressIndex }) => addressIndex ?? []);
  const live = await listLiveOrganisations(db, letterId, organisations);
  const persons = await listLivePersons(db, letterId, addresses);
  return new Set(
    all.filter(({ organisationId, addressIndex, nameIndex }) =>
      organisationId === null ? nameIndex !== null && persons.has(personKey(addressIndex, nameIndex)) : live.has(organisationId),
    ),
  );
}

/** The short transaction that makes a recording count: statuses, counts, log and the job that tells people. */
async function admit(
  tx: Tx,
  instance: Instance,
  scope: Runner,
  { id, entries, said, status, addendum }: Act & { readonly addendum: Part },
  refuse: (reason: RecordRefusal) => never,
  now: Date,
): Promise<Vouched> {
  const { letterId, coalitionId, memberId } = scope;
  const of = { letterId, batchId: id };
  const rows = await listRecorded(tx, of);
  if (rows.length !== entries.length) throw new Error(`recording ${id} has ${rows.length} rows of ${entries.length}`);
  const late = await standingAlready(tx, letterId, rows);
  // Whoever records one alone is told of it at the form; of many the others stand.
  if (rows.length === 1 && late.size > 0) return refuse('in-the-list');
  const waiting = rows.filter((row) => late.has(row) && row.capacity === 'organisation');
  const inTime = rows.filter((row) => !late.has(row));
  const held = { status: 'held', authority: 'awaiting-decision', flags: ['duplicate-organisation'], listedAt: null } as const;
  for (const row of waiting) await admitRecorded(tx, of, row.id, held);
  // A person who signed meanwhile stands there by their own act.
  await deleteRecorded(
    tx,
    rows.filter((row) => late.has(row) && row.capacity === 'personal'),
  );
  await admitRecorded(tx, of, null, { status, addendum: status === 'listed' ? addendum : null });
  if (status === 'listed') {
    const counted = inTime.map(({ capacity }) => ({ capacity, addendum }));
    await countListed(tx, letterId, counted, 1);
  }
  const heldCount = waiting.length + (status === 'held' ? inTime.length : 0);
  const outcome = { state: 'recorded', count: inTime.length + waiting.length, heldCount } as const;
  await endRecording(tx, id, outcome, now);
  const vouched = vouchedBy(outcome, entries.length);
  if (!vouched) throw new Error('a recording that ended is none');
  if (outcome.count === 0) return vouched;
  const kept = entries.flatMap(({ record, row }, index) => {
    const stored = rows[index];
    return stored && (!late.has(stored) || stored.capacity === 'organisation') ? [{ stored, record, row }] : [];
  });
  const recorded = kept.map(({ stored, record, row }) => ({
    signature: stored.id,
    entry: { ...record },
    signer: { name: row.name, role: row.role },
  }));
  const record = { means: said.means, on: said.date, publication: said.publication, status, entries: recorded };
  const actor = { kind: 'member', id: memberId } as const;
  const { fingerprint } = await authentic(tx, scope);
  await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'entries-vouched', actor, fingerprint, record }, now);
  const told = kept.filter(({ row }) => row.email !== null).map(({ stored }) => stored.signingId);
  if (told.length > 0) await enqueueJob(tx, instance, { handler: tellVouched, payload: { coalitionId, letterId, signings: told } }, now);
  return vouched;
}

/** Removes what was begun before that moment and never came to its end; it was never seen. */
export async function removeLeftRecordings({ read, inTransaction }: Store, before: Date): Promise<void> {
  for (const { id: batchId, letterId } of await listLeftRecordings(read, before, 100)) {
    let deleted: number;
    do {
      deleted = await inTransaction(async (tx) => {
        await holdLetter(tx, letterId);
        return await deleteLeftRecording(tx, { letterId, batchId }, AT_ONCE);
      });
    } while (deleted > 0);
  }
}
