import type { TurnTaker } from '../rates/rate.ts';
import { CONFIRMATION_MAILS } from './sign-rates.ts';

/**
 * When the next mail that asks to confirm may go to an address: now, or later on the same day (UTC), where one has just gone. A couple
 * shares an address, and both of them sign. Null where it has had as many as it gets on a day.
 */
export const takeMailTurn = (rates: TurnTaker, address: string, now: Date): Promise<Date | null> =>
  rates.takeTurn({ rule: CONFIRMATION_MAILS, subject: address }, now);
