import { DateTime } from 'luxon';
import { findInvitation } from '../../db/queries/invitations.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { hasMailing, listNearDeadlines, listOverdueDeciders, markReminded } from '../../db/queries/mailings.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { asksForAnswers, LAST_ROUND, listHandedOn, QUIET_MS, remindOne } from './reminding.ts';
import { startMailing } from './start.ts';

const DAY_MS = 24 * 3_600_000;

/** The hour of the letter's own zone at which its reminders go: nobody's telephone rings at night for them. */
const MORNING = 9;

/** No preset reminds earlier than this before a deadline. */
const EARLIEST_DAYS = 60;

/** When the reminder of so many days before a deadline goes out: in the morning of that day, in the letter's zone. */
export const reminderInstant = (deadlineAt: Date, zone: string, daysBefore: number): Date =>
  DateTime.fromJSDate(deadlineAt, { zone }).startOf('day').minus({ days: daysBefore }).set({ hour: MORNING }).toJSDate();

/**
 * The round that is due for a deadline, or null. Where several are, since nobody was running at their time, only the last: a mail for
 * each would come at once.
 * @param days before the deadline, in any order
 */
export function dueRound(deadlineAt: Date, zone: string, days: readonly number[], now: Date): { readonly mark: string } | null {
  const due = days.filter((each) => reminderInstant(deadlineAt, zone, each) <= now);
  if (due.length === 0 || deadlineAt <= now) return null;
  const nearest = Math.min(...due);
  // A new deadline has rounds of its own.
  return { mark: `${nearest === Math.min(...days) ? LAST_ROUND : ''}${nearest}:${deadlineAt.toISOString()}` };
}

/** A chore: begins the rounds of reminders that letters' policies ask for, each once, whichever process looks first. */
export async function startDueReminders(instance: Instance, now: Date): Promise<void> {
  const { store } = instance;
  const near = await listNearDeadlines(store.read, now, new Date(now.getTime() + EARLIEST_DAYS * DAY_MS));
  for (const { id: letterId, zone, deadlineAt, policies } of near) {
    const round = deadlineAt === null ? null : dueRound(deadlineAt, zone, policiesOf(policies).reminders, now);
    if (round === null || (await hasMailing(store.read, letterId, 'reminder', round.mark))) continue;
    await store.inTransaction((tx) => startMailing(tx, instance, { letterId, kind: 'reminder', mark: round.mark, createdBy: null }, now));
  }
}

const AT_ONCE = 50;

/** A chore: asks once whoever named a day for their decision, after it is over everywhere on Earth: that is at noon of UTC. */
export async function remindDeciders(instance: Instance, now: Date): Promise<void> {
  const { store } = instance;
  const before = new Date(now.getTime() - DAY_MS / 2).toISOString().slice(0, 10);
  for (const { id, letterId } of await listOverdueDeciders(store.read, before, AT_ONCE)) {
    await store.inTransaction(async (tx) => {
      await holdLetter(tx, letterId);
      const invitation = await findInvitation(tx, letterId, id);
      const facts = await findLetterFacts(tx, letterId);
      const day = invitation?.consideringUntil;
      if (!facts || !invitation || invitation.status !== 'considering' || !day || day >= before || invitation.remindedUntil === day) return;
      const recent = invitation.remindedAt !== null && now.getTime() - invitation.remindedAt.getTime() < QUIET_MS;
      const reachable = invitation.channel === 'mail' && !(await isStopped(tx, letterId, invitation.addressIndex));
      const elsewhere = (await listHandedOn(tx, instance.keys, letterId)).includes(id);
      if (recent || !reachable || elsewhere || !asksForAnswers(facts.letter, now)) {
        await markReminded(tx, id, { now: invitation.remindedAt ?? now, until: day });
        return;
      }
      await remindOne(tx, instance, facts, invitation, { kind: 'day-over', day }, now);
    });
  }
}
