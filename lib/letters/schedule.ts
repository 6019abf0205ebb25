import { holdLetterRow } from '../../db/queries/drafts.ts';
import { type LetterRow, moveLetter } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { DEADLINE_TIME, deadlineFields, deadlineInstant, isDeadlineYear } from './deadline.ts';
import { keepEarlierSettings, keepSave } from './draft-saves.ts';
import { logLetter } from './drafting.ts';
import { contentOfSettings } from './save-content.ts';
import type { ScheduleInput } from './schedule-schema.ts';
import { statusesFor } from './status.ts';

/** `not-now`: the letter is a draft, or final. `stale`: somebody saved the settings since the page was read. */
export type ScheduleRefusal = 'not-now' | 'stale' | Fault;

/**
 * Changes what a letter's frozen text does not cover: its date and place, until the delivery; and, while it is open, its deadline, which
 * can only be put off. Whoever was invited was told the old one, so an earlier end is a close that somebody presses.
 */
export async function changeSchedule(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  input: ScheduleInput,
  now: Date,
): Promise<Result<null, ScheduleRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter || !statusesFor('schedule').includes(letter.status)) return refusal('not-now');
    const deadline = newDeadline(letter, input, now);
    if (!deadline.ok) return deadline;
    const change = { date: input.date, place: input.place, deadlineAt: deadline.value };
    const [before, after] = [scheduleOf(letter), scheduleOf({ ...letter, ...change })];
    if (JSON.stringify(before) === JSON.stringify(after)) return success(null);
    if (letter.settingsRevision !== input.revision) return refusal('stale');
    await keepEarlierSettings(tx, instance, letter);
    const revision = letter.revision + 1;
    const guard = { from: [letter.status], revision: letter.revision };
    const moved = await moveLetter(tx, letter.id, guard, { ...change, revision, settingsRevision: revision, updatedAt: now });
    if (!moved) throw new Error('a letter moved while it was held');
    const content = contentOfSettings(moved, letter.authenticLanguage);
    await keepSave(tx, instance, scope, { kind: 'saved', part: 'settings', language: null, revision, content }, now);
    const record = { part: 'schedule', revision, before, after };
    await logLetter(tx, instance, scope, { type: 'letter-settings-changed', record }, now);
    return success(null);
  });
}

const scheduleOf = ({ date, place, deadlineAt, zone }: Pick<LetterRow, 'date' | 'place' | 'deadlineAt' | 'zone'>) => ({
  date,
  place,
  deadline: deadlineAt?.toISOString() ?? null,
  zone,
});

function newDeadline(letter: LetterRow, { deadlineDay, deadlineTime }: ScheduleInput, now: Date): Result<Date | null, Fault> {
  if (letter.status !== 'open' || deadlineDay === '') return success(letter.deadlineAt);
  const time = deadlineTime || DEADLINE_TIME;
  const before = letter.deadlineAt;
  const shown = before && deadlineFields(before, letter.zone);
  if (shown?.day === deadlineDay && shown.time === time) return success(before);
  const at = deadlineInstant(deadlineDay, time, letter.zone);
  const fault = (reason: string) => refusal({ place: 'deadlineDay', reason });
  if (!at) return fault('not-a-date');
  if (!isDeadlineYear(deadlineDay)) return fault('year-out-of-range');
  if (at <= now) return fault('deadline-passed');
  return before && at < before ? fault('deadline-earlier') : success(at);
}
