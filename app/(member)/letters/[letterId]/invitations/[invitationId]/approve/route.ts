import { z } from 'zod';
import { approveByInvitation } from '../../../../../../../lib/signatures/approve.ts';
import { askedAtInvitation } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { invitationsPath } from '../../paths.ts';

export const POST = mutate({
  name: 'invitation',
  schema: z.object({}),
  limit: 1_000,
  who: (visitor) => askedAtInvitation(visitor, 'run'),
  command: async ({ scope: { running, scope }, visitor, now }) =>
    approveByInvitation(running, scope, visitor.params['invitationId'] ?? '', now),
  done: (_, { scope: { scope } }) => ({ to: invitationsPath(scope.letterId), notice: { key: 'invitations.done.approved' } }),
  form: (visitor) => invitationsPath(visitor.params['letterId'] ?? ''),
});
