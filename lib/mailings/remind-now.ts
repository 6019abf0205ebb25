import { findLetter } from '../../db/queries/letters.ts';
import { countRemindable } from '../../db/queries/mailings.ts';
import { countMailsUpTo, countWaitingMails, findLastWaiting } from '../../db/queries/outbox.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { unhurriedPerHour } from '../outbox/pace.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import { asksForAnswers, remindableNow } from './reminding.ts';
import { startMailing } from './start.ts';

/** How many a reminder would go to now; null where the letter takes no answers. */
export async function countToRemind(
  { store: { read }, keys }: Pick<Instance, 'store' | 'keys'>,
  scope: For<LetterScope, 'run'>,
  now: Date,
): Promise<number | null> {
  const letter = await findLetter(read, scope.coalitionId, scope.letterId);
  return letter && asksForAnswers(letter, now) ? await countRemindable(read, await remindableNow(read, keys, letter, now)) : null;
}

/**
 * Reminds everybody who has not answered, and had no mail of the letter for a day. Pressed twice it is one reminder: whoever got the
 * first had a mail just now.
 */
export async function remindEverybody(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  now: Date,
): Promise<Result<{ readonly count: number }, 'letter-not-open' | 'nobody'>> {
  const { letterId, coalitionId, memberId } = scope;
  return await attempt<{ readonly count: number }, 'letter-not-open' | 'nobody'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const letter = await findLetter(tx, coalitionId, letterId);
    if (!letter || !asksForAnswers(letter, now)) return refuse('letter-not-open');
    const count = await countRemindable(tx, await remindableNow(tx, instance.keys, letter, now));
    if (count === 0) return refuse('nobody');
    await startMailing(tx, instance, { letterId, kind: 'reminder', mark: `asked:${now.toISOString()}`, createdBy: memberId }, now);
    const event = { scope: { kind: 'letter', id: letterId }, type: 'reminders-sent', actor: { kind: 'member', id: memberId } } as const;
    await appendAudit(tx, instance, { ...event, record: { count } }, now);
    return { count };
  });
}

export interface WaitingMails {
  readonly count: number;
  /** When the last of them leaves, where a pace is kept; null where they go as fast as the mail server takes them. */
  readonly until: Date | null;
}

/** The mails of a letter that have not left. */
export async function viewWaitingMails(
  { store: { read }, config: { mailPerHour } }: Pick<Instance, 'store' | 'config'>,
  { letterId }: For<LetterScope, 'read'>,
  now: Date,
): Promise<WaitingMails> {
  const count = await countWaitingMails(read, letterId);
  const last = count === 0 || mailPerHour === null ? null : await findLastWaiting(read, letterId);
  if (last === null || mailPerHour === null) return { count, until: null };
  const hours = Math.floor((await countMailsUpTo(read, last.priority)) / unhurriedPerHour(mailPerHour));
  return { count, until: hours === 0 ? null : new Date(now.getTime() + hours * 3_600_000) };
}
