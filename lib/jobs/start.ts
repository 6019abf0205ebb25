import { loadConfig } from '../config.ts';
import { sharedInstance } from '../instance.ts';
import { invitationMailHooks } from '../invitations/mail-state.ts';
import { discardImport } from '../letters/discard-import.ts';
import { closeOverdueLetters } from '../letters/ending.ts';
import { recordDueReleases } from '../letters/releasing.ts';
import { discardReplaced } from '../letters/replace-import.ts';
import { remindDeciders, startDueReminders } from '../mailings/due.ts';
import { runMailing } from '../mailings/run.ts';
import { hasListsToRank, rankDue } from '../signatures/rank-due.ts';
import { rankList } from '../signatures/rank-list.ts';
import { tellVouched } from '../signatures/tell-vouched.ts';
import { lookAfterUnconfirmed } from '../signatures/unconfirmed.ts';
import { startBackground } from './background.ts';
import { tidy, tidyDaily } from './tidy.ts';

const started = Symbol.for('undersigned.background');

/**
 * Starts what this process does besides answering: mails, jobs, deadlines. Once, however often and from however many copies of this
 * module it is called.
 */
export async function startOwnBackground(): Promise<void> {
  const holder = globalThis as { [started]?: true };
  if (holder[started]) return;
  holder[started] = true;
  const background = startBackground(await sharedInstance(loadConfig()), {
    handlers: [runMailing, discardImport, discardReplaced, rankList, tellVouched, tidy],
    chores: [closeOverdueLetters, recordDueReleases, startDueReminders, remindDeciders, lookAfterUnconfirmed, tidyDaily],
    watches: [{ name: 'Ranking lists', isDue: hasListsToRank, step: rankDue }],
    mailHooks: invitationMailHooks,
    clock: () => new Date(),
    onFailure: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  // A mail on its way is finished while the server finishes its requests; one cut off would be sent a second time.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void background.stop());
}
