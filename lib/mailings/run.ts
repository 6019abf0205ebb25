import { findMailing, type MailingRow, moveMailing } from '../../db/queries/mailings.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts, type LetterFacts } from '../invitations/mail.ts';
import type { JobHandler } from '../jobs/handler.ts';
import { inPace, Pace, type Piece } from '../letters/pace.ts';
import { breathe } from '../shared/breathe.ts';
import { remindSome } from './reminding.ts';
import { mailingJob } from './start.ts';
import { tellSome } from './telling.ts';

/** Mails a transaction queues: each is composed, sealed and written with its links, and whoever signs meanwhile must hardly wait. */
const MAILS = { aimMs: 25, least: 5, most: 60 };

/** How far a piece came. */
export interface Filled {
  /** Id of the row that was looked at last. */
  readonly after: string;
  readonly queued: number;
  /** Rows that were looked at. */
  readonly rows: number;
  readonly ended: boolean;
}

/**
 * Queues the mails of a mailing, in short transactions, each with how far it came: whatever ends the process, nobody is mailed twice and
 * nobody left out. Whether the mailing still makes sense is asked each time.
 */
export const runMailing: JobHandler<{ readonly mailingId: string }> = {
  ...mailingJob,
  async run(instance, { mailingId }, now) {
    const pace = new Pace(MAILS);
    for (let going = true; going; ) {
      await inPace(instance.store, pace, async (tx, piece) => {
        const filled = await fillSome(tx, instance, mailingId, piece, now);
        going = filled !== null && !filled.ended;
        return filled?.rows ?? 0;
      });
      await breathe();
    }
  },
};

async function fillSome(tx: Tx, instance: Instance, mailingId: string, piece: Piece, now: Date): Promise<Filled | null> {
  const found = await findMailing(tx, mailingId);
  if (!found || found.endedAt !== null) return null;
  await holdLetter(tx, found.letterId);
  // Read again under the lock: another worker may have gone on with it.
  const mailing = await findMailing(tx, mailingId);
  if (!mailing || mailing.endedAt !== null) return null;
  const facts = await findLetterFacts(tx, mailing.letterId);
  const filled = facts && !facts.letter.sample ? await fillFor(tx, instance, { mailing, facts }, piece, now) : null;
  const { after, queued } = filled ?? { after: mailing.after, queued: 0 };
  const ended = filled === null || filled.ended;
  if (!(await moveMailing(tx, mailing, { after, queued, endedAt: ended ? now : null }))) throw new Error('a mailing moved under its lock');
  return { after, queued, rows: filled?.rows ?? 0, ended };
}

export interface Mailing {
  readonly mailing: MailingRow;
  readonly facts: LetterFacts;
}

/** Null where the mailing has no sense any more. */
function fillFor(tx: Tx, instance: Instance, at: Mailing, piece: Piece, now: Date): Promise<Filled | null> {
  return at.mailing.kind === 'reminder' ? remindSome(tx, instance, at, piece, now) : tellSome(tx, instance, at, piece, now);
}
