import { findInvitation, moveInvitation } from '../../db/queries/invitations.ts';
import { findLetter } from '../../db/queries/letters.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import { appendAudit } from '../audit/append.ts';
import type { Instance } from '../instance.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import { log, member, type Runner } from './add.ts';
import { signingIsOver } from './answers.ts';
import { answerable } from './status.ts';

/** `in-time`: they may answer anyway. `letter-ended`: it was handed over, or withdrawn. `by-hand`: their answer could not be proved in time. */
export type LateDoorRefusal = 'not-found' | 'in-time' | 'letter-ended' | 'already-answered' | 'by-hand' | 'sample';

/**
 * After the deadline or the close a coordinator lets one invitation be answered, until the delivery. Its links work as they did; nobody
 * else comes in by it. Pressed twice it is open once.
 */
export async function letInLate(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<null, LateDoorRefusal>> {
  const { letterId, coalitionId } = scope;
  return await attempt<null, LateDoorRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const letter = await findLetter(tx, coalitionId, letterId);
    const invitation = letter && (await findInvitation(tx, letterId, invitationId));
    if (!letter || !invitation) return refuse('not-found');
    if (letter.status !== 'open' && letter.status !== 'closed') return refuse('letter-ended');
    if (!signingIsOver(letter, now)) return refuse('in-time');
    if (letter.sample) return refuse('sample');
    if (invitation.channel === 'by-hand') return refuse('by-hand');
    if (!answerable.includes(invitation.status)) return refuse('already-answered');
    if (invitation.lateFrom !== null) return null;
    if (!(await moveInvitation(tx, invitationId, answerable, { lateFrom: now }))) return refuse('already-answered');
    const record = { invitation: invitationId, from: invitation.status };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-let-in-late', actor: member(scope), record }, now);
    return null;
  });
}

/** Takes that back; what was signed meanwhile stays signed. */
export async function endLateDoor(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  now: Date,
): Promise<Result<null, 'not-found' | 'already-answered'>> {
  const { letterId } = scope;
  return await attempt<null, 'not-found' | 'already-answered'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    if (!invitation) return refuse('not-found');
    if (invitation.lateFrom === null) return null;
    if (!(await moveInvitation(tx, invitationId, answerable, { lateFrom: null }))) return refuse('already-answered');
    const record = { invitation: invitationId };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-late-ended', actor: member(scope), record }, now);
    return null;
  });
}
