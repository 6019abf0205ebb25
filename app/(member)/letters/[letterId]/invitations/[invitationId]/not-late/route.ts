import { emptyForm } from '../../../../../../../lib/auth/schema.ts';
import { endLateDoor } from '../../../../../../../lib/invitations/late-door.ts';
import { askedAtInvitation } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { invitationsPath } from '../../paths.ts';

export const POST = mutate({
  name: 'invitation',
  schema: emptyForm,
  limit: 1_000,
  who: (visitor) => askedAtInvitation(visitor, 'run'),
  command: ({ scope: { running, scope }, visitor, now }) => endLateDoor(running, scope, visitor.params['invitationId'] ?? '', now),
  done: (_, { scope: { scope } }) => ({ to: invitationsPath(scope.letterId), notice: { key: 'invitations.done.not-late' } }),
  form: ({ params }) => invitationsPath(params['letterId'] ?? ''),
});
