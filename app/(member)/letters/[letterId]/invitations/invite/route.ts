import { inviteOne } from '../../../../../../lib/invitations/commands.ts';
import { inviteForm } from '../../../../../../lib/invitations/schema.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { INVITING_RATE, invitationsPath } from '../paths.ts';

export const POST = mutate({
  name: 'invite',
  schema: inviteForm,
  limit: 32_000,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  rates: ({ scope }) => [{ rule: INVITING_RATE, subject: scope.scope.letterId }],
  command: async ({ scope: { running, scope }, input, now }) => inviteOne(running, scope, input, now),
  done: (_, { scope: { scope }, input }) => ({
    to: invitationsPath(scope.letterId),
    notice: { key: 'invitations.done.invited', values: { who: input.capacity === 'organisation' ? input.organisation : input.name } },
  }),
  form: (visitor) => invitationsPath(visitor.params['letterId'] ?? ''),
});
