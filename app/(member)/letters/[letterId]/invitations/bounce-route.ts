import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { markBounced } from '../../../../../lib/invitations/readdress.ts';
import { askedAtInvitation } from '../../../../_request/member.ts';
import { type Handler, mutate } from '../../../../_request/mutate.ts';
import { invitationsPath } from './paths.ts';

/** A mail that never came, or came after all. */
export function bounceRoute(bounced: boolean): Handler {
  return mutate({
    name: 'invitation',
    schema: emptyForm,
    limit: 1_000,
    who: (visitor) => askedAtInvitation(visitor, 'run'),
    command: ({ scope: { running, scope }, visitor, now }) =>
      markBounced(running, scope, visitor.params['invitationId'] ?? '', bounced, now),
    done: (_, { scope: { scope } }) => ({
      to: invitationsPath(scope.letterId),
      notice: { key: bounced ? 'invitations.done.bounced' : 'invitations.done.not-bounced' },
    }),
    form: ({ params }) => invitationsPath(params['letterId'] ?? ''),
  });
}
