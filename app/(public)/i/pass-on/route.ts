import { passOn, passOnForm } from '../../../../lib/invitations/pass-on.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../_request/form-drafts.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { answerRate, INVITATION_PATH, invitationGate } from '../gate.ts';

export const POST = mutate({
  name: 'pass-on',
  schema: passOnForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: invitationGate,
  rates: ({ scope }) => [answerRate('pass-on', scope)],
  command: async ({ scope, input, now }) => passOn(await product(), scope, input, now),
  done: (_value, { input }) => ({ to: INVITATION_PATH, notice: { key: `signing.done.passed-on-${input.whom}` } }),
  form: () => INVITATION_PATH,
});
