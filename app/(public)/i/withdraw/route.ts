import { withdrawForm } from '../../../../lib/signatures/schema.ts';
import { withdrawByInvitation } from '../../../../lib/signatures/withdraw.ts';
import { KEPT_LIKE_A_LINK } from '../../../_request/form-drafts.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { answerRate, INVITATION_PATH, invitationGate } from '../gate.ts';

export const POST = mutate({
  name: 'withdraw',
  schema: withdrawForm,
  limit: 4_000,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: invitationGate,
  rates: ({ scope }) => [answerRate('withdraw', scope)],
  command: async ({ scope, input, now }) => withdrawByInvitation(await product(), scope, input, now),
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.done.withdrawn' } }),
  form: () => INVITATION_PATH,
});
