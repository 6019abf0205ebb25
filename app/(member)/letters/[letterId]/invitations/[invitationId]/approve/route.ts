import { approveByInvitation } from '../../../../../../../lib/signatures/approve.ts';
import { seenForm } from '../../../../../../../lib/signatures/review.ts';
import { askedAtInvitation } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { invitationsPath } from '../../paths.ts';

export const POST = mutate({
  name: 'invitation',
  schema: seenForm,
  limit: 1_000,
  who: (visitor) => askedAtInvitation(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, visitor, now }) =>
    approveByInvitation(running, scope, { invitationId: visitor.params['invitationId'] ?? '', seen: input.seen }, now),
  done: (_, { scope: { scope } }) => ({ to: invitationsPath(scope.letterId), notice: { key: 'invitations.done.approved' } }),
  form: (visitor) => invitationsPath(visitor.params['letterId'] ?? ''),
});
