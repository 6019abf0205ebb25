import type { InvitationScope } from '../../../lib/access/scope.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { type Result, refusal } from '../../../lib/shared/result.ts';
import type { Barrier } from '../../_request/answer.ts';
import { product } from '../../_request/product.ts';
import type { Visitor } from '../../_request/visitor.ts';

/** The clean address of the page behind every personal link. */
export const INVITATION_PATH = '/i';

/** Whoever holds the link of an invitation; others are sent to the page that says how to get in. */
export async function invitationGate(visitor: Visitor): Promise<Result<InvitationScope, Barrier>> {
  const token = visitor.cookie('invitation');
  const opened = token === null ? refusal('unknown') : await openInvitation(await product(), token);
  return opened.ok ? opened : refusal({ to: INVITATION_PATH });
}

/** Answers of one invitation: far more than a person gives, far fewer than a machine would. */
export const answerRate = (name: string, { invitationId }: InvitationScope) => ({
  rule: {
    name,
    windows: [
      { seconds: 60, most: 20 },
      { seconds: 3_600, most: 200 },
    ] as const,
  },
  subject: invitationId,
});
