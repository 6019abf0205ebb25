import { findLetter } from '../../db/queries/letters.ts';
import { findOrganisationIds } from '../../db/queries/organisations.ts';
import { findRecording } from '../../db/queries/recordings.ts';
import type { Reader } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { Pace } from '../letters/pace.ts';
import { policiesOf } from '../letters/presets.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { attempt } from '../shared/attempt.ts';
import { breathe } from '../shared/breathe.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import {
  hindranceToVouching,
  type Recording,
  type RecordRefusal,
  recordingId,
  recordSome,
  standingAlready,
  type Vouched,
  vouchedBy,
} from './recording.ts';
import { type MadeEntry, makeEntry, repeatedRows } from './vouched-entries.ts';

/** The day may have begun already where the member sits. */
const AHEAD_MS = 14 * 3_600_000;
/** Rows a transaction writes: well under its 50 ms. */
const ROWS = { aimMs: 25, least: 10, most: 50 };

/**
 * A row that cannot be recorded, counted from 0. `twice`: the same organisation, or the same name at the same address, stands among the
 * rows before; `in-the-list`: in the list already.
 */
export interface RowRefusal {
  readonly index: number;
  readonly reason: 'twice' | 'in-the-list';
}

/** `no-mark`: it came out of no form that we showed. */
export type VouchRefusal = 'no-mark' | 'letter-ended' | 'not-open-yet' | 'future-date' | readonly RowRefusal[];

/**
 * Records the yes of people and organisations who said it by other means: a member vouches for them, with means and date. All of them are
 * recorded or nobody, and once, however often the same form is sent: a second time is told what came of the first. Many rows are written
 * some at a time, seen by nobody, so that whoever signs meanwhile hardly waits; one short transaction makes them count. An organisation
 * that was quicker than its row keeps its place, and the row waits for a look. Those who have an address are told by mail.
 */
export async function vouchEntries(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  recording: Recording,
  now: Date,
): Promise<Result<Vouched, VouchRefusal>> {
  const { letterId, coalitionId } = scope;
  const { rows, said, mark } = recording;
  const { read } = instance.store;
  if (mark === '') return refusal('no-mark');
  const id = recordingId(instance.keys, scope, recording);
  const before = vouchedBy(await findRecording(read, letterId, id), rows.length);
  if (before) return success(before);
  if (Date.parse(said.date) > now.getTime() + AHEAD_MS) return refusal('future-date');
  const letter = await findLetter(read, coalitionId, letterId);
  const hindrance = hindranceToVouching(letter);
  if (!letter || hindrance) return refusal(hindrance ?? 'letter-ended');
  const twice = repeatedRows(rows);
  if (twice.length > 0) return refusal(twice.map((index) => ({ index, reason: 'twice' })));
  const policies = policiesOf(letter.policies);
  const entries = rows.map((row) => makeEntry(instance, letterId, row, said, policies));
  const there = await rowsInList(read, scope, entries);
  if (there.length > 0) {
    // The same form, pressed at the same moment, may have been quicker.
    const meanwhile = vouchedBy(await findRecording(read, letterId, id), rows.length);
    return meanwhile ? success(meanwhile) : refusal(there);
  }
  const act = { id, entries, said, status: policies.listed === 'on-approval' ? 'held' : 'listed' } as const;
  const pace = new Pace(ROWS);
  for (;;) {
    let began = 0;
    const step = await attempt<Vouched | null, RecordRefusal>(instance.store, (tx, refuse) => {
      began = performance.now();
      return recordSome(tx, instance, scope, { ...act, atOnce: pace.rows }, refuse, now);
    });
    pace.took(performance.now() - began);
    if (!step.ok) return refusal(step.reason === 'in-the-list' ? [{ index: 0, reason: step.reason }] : step.reason);
    if (step.value) return success(step.value);
    await breathe();
  }
}

async function rowsInList(
  db: Reader,
  { coalitionId, letterId }: Pick<LetterScope, 'coalitionId' | 'letterId'>,
  made: readonly MadeEntry[],
): Promise<readonly RowRefusal[]> {
  const nameOf = ({ row }: MadeEntry) => (row.capacity === 'organisation' ? normaliseOrganisationName(row.organisation) : null);
  const known = await findOrganisationIds(
    db,
    coalitionId,
    made.flatMap((entry) => nameOf(entry) ?? []),
  );
  const rows = made.map((entry, index) => {
    const name = nameOf(entry);
    return {
      index,
      organisationId: name === null ? null : (known.get(name) ?? null),
      addressIndex: entry.addressIndex,
      nameIndex: entry.nameIndex,
    };
  });
  return [...(await standingAlready(db, letterId, rows))].map(({ index }) => ({ index, reason: 'in-the-list' }));
}
