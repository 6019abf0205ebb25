import { readdressForm, readdressInvitation } from '../../../../../../../../lib/invitations/readdress.ts';
import { TYPED_FORM_LIMIT } from '../../../../../../../_request/body.ts';
import { askedAtInvitation } from '../../../../../../../_request/member.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { INVITING_RATE, invitationsPath, readdressPath } from '../../../paths.ts';

export const POST = mutate({
  name: 'readdress',
  schema: readdressForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtInvitation(visitor, 'run'),
  rates: ({ scope }) => [{ rule: INVITING_RATE, subject: scope.scope.letterId }],
  command: ({ scope: { running, scope }, input, visitor, now }) =>
    readdressInvitation(running, scope, visitor.params['invitationId'] ?? '', input, now),
  done: ({ who }, { scope: { scope } }) => ({
    to: invitationsPath(scope.letterId),
    notice: { key: 'invitations.done.readdressed', values: { who } },
  }),
  form: ({ params }) => readdressPath(params['letterId'] ?? '', params['invitationId'] ?? ''),
});
