import { z } from 'zod';
import { resendInvitation } from '../../../../../../../lib/invitations/commands.ts';
import { askedAtInvitation } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { INVITING_RATE, invitationsPath } from '../../paths.ts';

export const POST = mutate({
  name: 'invitation',
  schema: z.object({}),
  limit: 1_000,
  who: (visitor) => askedAtInvitation(visitor, 'run'),
  rates: ({ scope }) => [{ rule: INVITING_RATE, subject: scope.scope.letterId }],
  command: async ({ scope: { running, scope }, visitor, now }) =>
    resendInvitation(running, scope, visitor.params['invitationId'] ?? '', now),
  done: (_, { scope: { scope } }) => ({ to: invitationsPath(scope.letterId), notice: { key: 'invitations.done.resent' } }),
  form: (visitor) => invitationsPath(visitor.params['letterId'] ?? ''),
});
