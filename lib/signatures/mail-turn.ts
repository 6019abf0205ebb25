import type { RateCounter } from '../rates/rate.ts';
import { CONFIRMATION_MAILS } from './sign-rates.ts';

const DAY_MS = 86_400_000;

/**
 * When the next mail that asks to confirm may go to an address: now, or later on the same day (UTC), where one has just gone. A couple
 * shares an address, and both of them sign. Null where it has had as many as it gets on a day.
 */
export async function takeMailTurn(rates: RateCounter, address: string, now: Date): Promise<Date | null> {
  const claim = { rule: CONFIRMATION_MAILS, subject: address };
  let turn = now;
  // One mail each short window, so many windows as the long one has mails.
  for (let tries = 0; tries <= CONFIRMATION_MAILS.windows[1].most; tries++) {
    const taken = await rates.take(claim, turn);
    if (taken.ok) return turn;
    const next = new Date(turn.getTime() + taken.reason.retryAfter * 1_000);
    if (Math.floor(next.getTime() / DAY_MS) !== Math.floor(now.getTime() / DAY_MS)) return null;
    turn = next;
  }
  return null;
}
