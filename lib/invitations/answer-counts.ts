import { countInvitations } from '../../db/queries/invitations.ts';
import type { InvitationStatus } from '../../db/schema/values.ts';
import type { LetterScope } from '../access/scope.ts';
import type { Instance } from '../instance.ts';

/** What became of a letter's invitations; those that were taken back are nowhere. */
export interface AnswerCounts {
  readonly signed: number;
  readonly deciding: number;
  readonly declined: number;
  readonly unanswered: number;
  /** ISO day by which the first of those who decide later does; null where nobody does. */
  readonly firstUntil: string | null;
}

const ANSWERS: Readonly<Record<InvitationStatus, keyof Omit<AnswerCounts, 'firstUntil'> | null>> = {
  signed: 'signed',
  considering: 'deciding',
  declined: 'declined',
  prepared: 'unanswered',
  sent: 'unanswered',
  bounced: 'unanswered',
  opened: 'unanswered',
  revoked: null,
};

export async function countAnswers({ store }: Pick<Instance, 'store'>, { letterId }: LetterScope): Promise<AnswerCounts> {
  const counts = { signed: 0, deciding: 0, declined: 0, unanswered: 0, firstUntil: null as string | null };
  for (const { status, invitations, firstUntil } of await countInvitations(store.read, letterId)) {
    const answer = ANSWERS[status];
    if (answer !== null) counts[answer] += Number(invitations);
    if (answer === 'deciding') counts.firstUntil = firstUntil;
  }
  return counts;
}
