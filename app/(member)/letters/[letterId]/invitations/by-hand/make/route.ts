import { inviteByHand } from '../../../../../../../lib/invitations/by-hand.ts';
import { byHandForm } from '../../../../../../../lib/invitations/schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { toHandLink } from '../../hand-link-cookie.ts';
import { byHandPath, INVITING_RATE } from '../../paths.ts';

/** An invitation without a mail: on to the page that shows its link, once. */
export const POST = mutate({
  name: 'by-hand',
  schema: byHandForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  rates: ({ scope }) => [{ rule: INVITING_RATE, subject: scope.scope.letterId }],
  command: async ({ scope: { running, scope }, input, now }) => inviteByHand(running, scope, input, now),
  done: (made, { scope: { scope }, now }) => toHandLink(scope, made, now),
  form: (visitor) => byHandPath(visitor.params['letterId'] ?? ''),
});
