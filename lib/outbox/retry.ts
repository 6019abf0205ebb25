import type { MailKind } from '../email/message.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Attempts after which a mail that waits for nobody is given up: by the waits below three days, a weekend of a dead server. */
const MOST_ATTEMPTS = 42;

/**
 * Whether a mail that was tried before is still worth sending. A sign-in link ends after twenty minutes. Of every other mail the
 * attempts are counted and not the hours: in a paced outbox it may be days until the first.
 * @param age milliseconds since it was queued
 */
export const isTooLate = (kind: MailKind | string, attempts: number, age: number): boolean =>
  attempts > 1 && (kind === 'sign-in' ? age > 20 * MINUTE : attempts > MOST_ATTEMPTS);

/**
 * When to try again: 30 s after the first attempt, then twice as long each time, up to two hours.
 * @param attempts made so far, 1 or more
 * @param chance from 0 to below 1; spreads each wait from half to one and a half, so that a thousand mails do not come back at once
 */
export function retryAt(attempts: number, now: Date, chance: number): Date {
  const wait = Math.min(2 * HOUR, 30 * SECOND * 2 ** Math.min(attempts - 1, 20));
  return new Date(now.getTime() + wait * (0.5 + chance));
}

export interface SendingFault {
  /** `refused`: the receiving side will not have this mail, ever. `later`: it may go next time; so may whatever the operator can put right. */
  readonly verdict: 'refused' | 'later';
  /** Codes only: what servers say repeats the address, and this is stored in clear. */
  readonly code: string;
  /** It says something of the mail server or of our settings, and would be the same for the next mail. */
  readonly general: boolean;
}

/**
 * What a failed attempt means. Only an answer of 500 or above to the recipient or to the message is about this mail: the same at
 * log-in or at the sender is about our settings, and calling it a bounce would blame a thousand innocent addresses.
 */
export function judgeFault(error: unknown): SendingFault {
  const { responseCode, response, command, code } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  if (typeof responseCode !== 'number') {
    return { verdict: 'later', code: typeof code === 'string' ? code : 'unknown', general: typeof code === 'string' };
  }
  // RFC 3463: class, subject and detail after the three digits.
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(typeof response === 'string' ? response : '')?.[1];
  const step = typeof command === 'string' ? command.split(' ').slice(0, 2).join(' ') : '';
  const aboutThisMail = step === 'RCPT TO' || step === 'DATA';
  return {
    verdict: responseCode >= 500 && aboutThisMail ? 'refused' : 'later',
    code: [responseCode, enhanced, step].filter(Boolean).join(' '),
    general: !aboutThisMail,
  };
}
