import { askForProof, proofForm } from '../../../../lib/signatures/proof.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { fewMails } from '../../../_request/rate-rules.ts';
import { INVITATION_PATH, invitationGate } from '../gate.ts';

/** Whoever signed by a link that was handed to them gives an address of their own: a link to confirm it goes there. */
export const POST = mutate({
  name: 'prove',
  schema: proofForm,
  limit: TYPED_FORM_LIMIT,
  who: invitationGate,
  rates: ({ scope, visitor }) => [
    { rule: fewMails('prove'), subject: scope.invitationId },
    { rule: fewMails('prove-network'), subject: visitor.network },
  ],
  command: async ({ scope, input, now }) => askForProof(await product(), scope, input, now),
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.prove.sent' } }),
  form: () => INVITATION_PATH,
});
