import { emptyForm } from '../../../../../../../../lib/auth/schema.ts';
import { makeHandLink } from '../../../../../../../../lib/invitations/by-hand.ts';
import { askedAtInvitation } from '../../../../../../../_request/member.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { toHandLink } from '../../../hand-link-cookie.ts';
import { handLinkPath, INVITING_RATE } from '../../../paths.ts';

/** A new link of an invitation that goes from hand to hand. */
export const POST = mutate({
  name: 'invitation',
  schema: emptyForm,
  limit: 1_000,
  who: (visitor) => askedAtInvitation(visitor, 'run'),
  rates: ({ scope }) => [{ rule: INVITING_RATE, subject: scope.scope.letterId }],
  command: async ({ scope: { running, scope }, visitor, now }) => makeHandLink(running, scope, visitor.params['invitationId'] ?? '', now),
  done: (made, { scope: { scope }, now }) => toHandLink(scope, made, now),
  form: ({ params }) => handLinkPath(params['letterId'] ?? '', params['invitationId'] ?? ''),
});
