import { holdCoalition } from '../../db/queries/coalitions.ts';
import { findLetter, findLetterById, listOverdueLetters, moveLetter } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { startMailing } from '../mailings/start.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { DEADLINE_TIME, dayIn, deadlineInstant, isDeadlineYear } from './deadline.ts';
import { logLetter } from './drafting.ts';
import { letterheadToKeep } from './letterhead.ts';
import { policiesOf } from './presets.ts';
import { statusesFor } from './status.ts';

/** The act can't be done from where the letter stands now: somebody else did it first, or the page was old. */
export type MoveRefusal = 'not-now';

/** No more signatures from here on, whatever the deadline says. */
export async function closeLetter(instance: Instance, scope: For<LetterScope, 'run'>, now: Date): Promise<Result<null, MoveRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const closed = await moveLetter(
      tx,
      scope.letterId,
      { from: statusesFor('close') },
      { status: 'closed', closedAt: now, updatedAt: now },
    );
    if (!closed) return refusal('not-now');
    await logLetter(tx, instance, scope, { type: 'letter-closed', record: { by: 'member' } }, now);
    return success(null);
  });
}

/** A deadline in words of the letter's own zone. */
export interface NewDeadline {
  /** ISO calendar date. */
  readonly deadlineDay: string;
  /** `HH:MM`; empty for the end of the day. */
  readonly deadlineTime: string;
}

/** Takes signatures again, until a new deadline. */
export async function reopenLetter(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { deadlineDay, deadlineTime }: NewDeadline,
  now: Date,
): Promise<Result<null, MoveRefusal | 'not-a-date' | 'year-out-of-range' | 'deadline-passed'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await findLetter(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-now');
    const deadlineAt = deadlineInstant(deadlineDay.trim(), deadlineTime.trim() || DEADLINE_TIME, letter.zone);
    if (!deadlineAt) return refusal('not-a-date');
    if (!isDeadlineYear(deadlineDay.trim())) return refusal('year-out-of-range');
    if (deadlineAt <= now) return refusal('deadline-passed');
    const change = { status: 'open', deadlineAt, closedAt: null, updatedAt: now } as const;
    const open = await moveLetter(tx, scope.letterId, { from: statusesFor('reopen') }, change);
    if (!open) return refusal('not-now');
    await logLetter(tx, instance, scope, { type: 'letter-reopened', record: { deadline: deadlineAt.toISOString(), zone: open.zone } }, now);
    return success(null);
  });
}

/**
 * The letter has been handed over: the list is final, and the letter is public where its preset says so. A letter without a date gets
 * that of the delivery, and the letterhead it has now is the one it keeps.
 */
export async function deliverLetter(instance: Instance, scope: For<LetterScope, 'run'>, now: Date): Promise<Result<null, MoveRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    // Who changes the letterhead meanwhile waits: the picture that this letter keeps must not go before that is written.
    await holdCoalition(tx, scope.coalitionId);
    const delivered = await moveLetter(
      tx,
      scope.letterId,
      { from: statusesFor('deliver') },
      { status: 'delivered', deliveredAt: now, updatedAt: now },
    );
    if (!delivered) return refusal('not-now');
    const publicNow = policiesOf(delivered.policies).publicAt === 'delivery';
    const release = publicNow ? ('public' as const) : delivered.release;
    const date = delivered.date ?? dayIn(now, delivered.zone);
    await moveLetter(tx, scope.letterId, { from: ['delivered'] }, { release, date, ...(await letterheadToKeep(tx, delivered)) });
    const counts = { organisations: delivered.organisationCount, people: delivered.personCount };
    await startMailing(tx, instance, { letterId: scope.letterId, kind: 'delivery', mark: '', createdBy: scope.memberId }, now);
    await logLetter(tx, instance, scope, { type: 'letter-delivered', record: { release, date, ...counts } }, now);
    return success(null);
  });
}

const MOST_AT_ONCE = 50;

/**
 * Closes the letters whose deadline has passed, each in a transaction of its own. It only moves the status: signing has been refused
 * since the deadline itself.
 * @returns how many were closed
 */
export async function closeOverdueLetters(instance: Instance, now: Date): Promise<number> {
  let closed = 0;
  for (const { id } of await listOverdueLetters(instance.store.read, now, MOST_AT_ONCE)) {
    closed += await instance.store.inTransaction(async (tx) => {
      const still = await findLetterById(tx, id);
      // Closed and opened again on a later deadline since the list was read.
      if (!still?.deadlineAt || still.deadlineAt > now) return 0;
      const letter = await moveLetter(tx, id, { from: statusesFor('close') }, { status: 'closed', closedAt: now, updatedAt: now });
      if (!letter) return 0;
      const scope = { kind: 'letter', id } as const;
      const actor = { kind: 'system', id: null } as const;
      await appendAudit(tx, instance, { scope, type: 'letter-closed', actor, record: { by: 'deadline' } }, now);
      return 1;
    });
  }
  return closed;
}
