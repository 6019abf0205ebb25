import { type InvitationRow, listReachedOnward } from '../../db/queries/invitations.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import { listRemindable, markReminded, type Remindable } from '../../db/queries/mailings.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Instance } from '../instance.ts';
import { addInvitationLink, type LetterFacts, linkOf, type ReminderOf, reminderMail } from '../invitations/mail.ts';
import { openInvited } from '../invitations/places.ts';
import { dayIn } from '../letters/deadline.ts';
import type { Piece } from '../letters/pace.ts';
import { takesSignatures } from '../letters/status.ts';
import { queueMail } from '../outbox/queue.ts';
import type { Filled, Mailing } from './run.ts';
import { addStopLink } from './stops.ts';

/** Nobody gets two mails of one letter within this time but by their own doing. */
export const QUIET_MS = 24 * 3_600_000;

/** Marks of the last round before a deadline begin so: it goes to those too who named a later day. */
export const LAST_ROUND = 'last:';

/**
 * Ids of the invitations that a colleague answers now, to whom they were passed on. Whoever gave an address as their own may be anybody
 * who held the link: the one who was invited is asked on until they have signed, and then somebody looks at what they signed.
 */
export async function listHandedOn(db: Reader, keys: Keys, letterId: string): Promise<readonly string[]> {
  const onward = await listReachedOnward(db, letterId);
  const answersNow = (row: InvitationRow) => row.status === 'signed' || !openInvited(keys, row).claimed;
  return onward.filter(answersNow).flatMap(({ passedOnFrom }) => (passedOnFrom === null ? [] : [passedOnFrom]));
}

/** Who has not answered, and may be reminded now. */
export async function remindableNow(
  db: Reader,
  keys: Keys,
  { id, zone }: Pick<LetterRow, 'id' | 'zone'>,
  now: Date,
  { considering = false }: { readonly considering?: boolean } = {},
): Promise<Remindable> {
  const quietSince = new Date(now.getTime() - QUIET_MS);
  return { letterId: id, today: dayIn(now, zone), considering, quietSince, except: await listHandedOn(db, keys, id) };
}

/** Whether an answer can still be given in time. */
export const asksForAnswers = ({ status, deadlineAt, sample }: Pick<LetterRow, 'status' | 'deadlineAt' | 'sample'>, now: Date): boolean =>
  !sample && takesSignatures(status) && (deadlineAt === null || deadlineAt > now);

/** One piece of a round of reminders. */
export async function remindSome(tx: Tx, instance: Instance, { mailing, facts }: Mailing, piece: Piece, now: Date): Promise<Filled | null> {
  if (!asksForAnswers(facts.letter, now)) return null;
  const who = await remindableNow(tx, instance.keys, facts.letter, now, { considering: mailing.mark.startsWith(LAST_ROUND) });
  const invitations = await listRemindable(tx, who, { after: mailing.after, limit: piece.rows });
  let { after } = mailing;
  let queued = 0;
  for (const invitation of invitations) {
    if (queued > 0 && piece.isOver()) break;
    await remindOne(tx, instance, facts, invitation, { kind: 'unanswered' }, now);
    after = invitation.id;
    queued++;
  }
  return { after, queued, rows: queued, ended: invitations.length < piece.rows && queued === invitations.length };
}

/** One reminder with a live link; the earlier links go on working. */
export async function remindOne(
  tx: Tx,
  instance: Instance,
  facts: LetterFacts,
  invitation: InvitationRow,
  of: ReminderOf,
  now: Date,
): Promise<void> {
  const { id: letterId, coalitionId } = facts.letter;
  const owner = { coalitionId, invitationId: invitation.id };
  const url = linkOf(instance, await addInvitationLink(tx, instance, owner, now));
  const stopUrl = await addStopLink(tx, instance, owner, now);
  const party = { ...openInvited(instance.keys, invitation), capacity: invitation.capacity };
  await queueMail(tx, instance, 'reminder', reminderMail(facts, party, { url, stopUrl }, of), { ...owner, letterId }, now);
  await markReminded(tx, invitation.id, of.kind === 'day-over' ? { now, until: of.day } : { now });
}
