import { countUses, countUsesSince, takeUseBack } from '../../db/queries/rates.ts';
import type { Tx } from '../../db/store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The instance's mails, among the counters. No keyed hash of anybody is this short. */
const KEY = Buffer.from('mails-sent');

/** A tenth of the hour's mails is left to what somebody is waiting for. */
const RESERVED = 0.1;

export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);

/** How many of the hour's mails those may use that nobody waits for. */
export const unhurriedPerHour = (perHour: number): number => Math.max(1, Math.floor(perHour * (1 - RESERVED)));

/** How many mails may go now. */
export interface Room {
  readonly all: number;
  /** Of them at most so many that nobody waits for, whoever else goes before them. */
  readonly unhurried: number;
}

/**
 * Counts mails in the hour that ends now, and says how many of them may go; what is not used is to be given back. The count is in the
 * database: other processes keep the same pace, and so does this one after a restart. Whoever is first to count in a minute locks its row
 * until the commit, so that two workers never both take the last place.
 * @param perHour null where there is no pace to keep
 */
export async function takePace(tx: Tx, perHour: number | null, now: Date, mails: number): Promise<Room> {
  if (perHour === null) return { all: mails, unhurried: mails };
  const minute = minuteOf(now);
  await countUses(tx, KEY, minute, mails);
  const used = (await countUsesSince(tx, KEY, new Date(minute.getTime() - HOUR))) - mails;
  const roomTo = (most: number) => Math.min(Math.max(0, most - used), mails);
  return { all: roomTo(perHour), unhurried: roomTo(unhurriedPerHour(perHour)) };
}

/** Gives places back that no mail used: none was due, or the server was not reached. @param at when they were taken */
export async function givePaceBack(tx: Tx, perHour: number | null, at: Date, mails = 1): Promise<void> {
  if (perHour !== null && mails > 0) await takeUseBack(tx, KEY, minuteOf(at), mails);
}
