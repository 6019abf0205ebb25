import { putOffInvitation } from '../../../../lib/invitations/answers.ts';
import { considerForm } from '../../../../lib/invitations/schema.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../_request/form-drafts.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { answerRate, INVITATION_PATH, invitationGate } from '../gate.ts';

export const POST = mutate({
  name: 'consider',
  schema: considerForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: invitationGate,
  rates: ({ scope }) => [answerRate('consider', scope)],
  command: async ({ scope, input, now }) => putOffInvitation(await product(), scope, input, now),
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.done.considering' } }),
  form: () => INVITATION_PATH,
});
