import { countUse, countUsesSince, takeUseBack } from '../../db/queries/rates.ts';
import type { Tx } from '../../db/store.ts';
import { LAST_PRIORITY, LAST_URGENT } from './priority.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The instance's mails, among the counters. No keyed hash of anybody is this short. */
const KEY = Buffer.from('mails-sent');

/** A tenth of the hour's mails is left to what somebody is waiting for. */
const RESERVED = 0.1;

export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);

/** How many of the hour's mails those may use that nobody waits for. */
export const unhurriedPerHour = (perHour: number): number => Math.max(1, Math.floor(perHour * (1 - RESERVED)));

/**
 * Counts one mail in the hour that ends now, and says which mails may use that place. The count is in the database: other processes
 * keep the same pace, and so does this one after a restart. Whoever is first to count in a minute locks its row until the commit, so
 * that two workers never both take the last place.
 * @param perHour null where there is no pace to keep
 * @returns the last priority that may go now, or null where none may; then nothing is counted
 */
export async function takePace(tx: Tx, perHour: number | null, now: Date): Promise<number | null> {
  if (perHour === null) return LAST_PRIORITY;
  const minute = minuteOf(now);
  if (!(await countUse(tx, KEY, minute, perHour))) return null;
  const used = await countUsesSince(tx, KEY, new Date(minute.getTime() - HOUR));
  if (used <= unhurriedPerHour(perHour)) return LAST_PRIORITY;
  if (used <= perHour) return LAST_URGENT;
  await takeUseBack(tx, KEY, minute);
  return null;
}

/** Gives a place back that no mail used: none was due, or the server was not reached. @param at when it was taken */
export async function givePaceBack(tx: Tx, perHour: number | null, at: Date): Promise<void> {
  if (perHour !== null) await takeUseBack(tx, KEY, minuteOf(at));
}
