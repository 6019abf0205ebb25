import { refusal } from '../../../../lib/shared/result.ts';
import { signForm } from '../../../../lib/signatures/schema.ts';
import { checkSigning, signByInvitation } from '../../../../lib/signatures/sign.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../_request/form-drafts.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { answerRate, INVITATION_PATH, invitationGate } from '../gate.ts';

/** Shows how the entry prints (`step=check`), then signs (`step=sign`). */
export const POST = mutate({
  name: 'sign',
  schema: signForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: invitationGate,
  rates: ({ scope }) => [answerRate('sign', scope)],
  command: async ({ scope, input, now }) => {
    const instance = await product();
    if (input.step === 'sign') return signByInvitation(instance, scope, input, now);
    const checked = await checkSigning(instance, scope, input, now);
    // Without a fault the form goes back to its page all the same: with what was typed, which the page then shows as it prints.
    return checked.ok ? refusal([]) : checked;
  },
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.done.signed' } }),
  form: () => INVITATION_PATH,
});
