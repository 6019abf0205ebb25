import { declineInvitation } from '../../../../lib/invitations/answers.ts';
import { declineForm } from '../../../../lib/invitations/schema.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../_request/form-drafts.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { answerRate, INVITATION_PATH, invitationGate } from '../gate.ts';

export const POST = mutate({
  name: 'decline',
  schema: declineForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: invitationGate,
  rates: ({ scope }) => [answerRate('decline', scope)],
  command: async ({ scope, input, now }) => declineInvitation(await product(), scope, input, now),
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.done.declined' } }),
  form: () => INVITATION_PATH,
});
