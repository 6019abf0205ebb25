import { withdrawForm } from '../../../../lib/signatures/schema.ts';
import { withdrawSigning } from '../../../../lib/signatures/withdraw.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../_request/form-drafts.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { doorOf, ownGate, ownRate, pageBehind } from '../door.ts';

export const POST = mutate({
  name: 'withdraw',
  schema: withdrawForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: ownGate,
  rates: ({ scope }) => [ownRate('withdraw', scope)],
  command: async ({ scope, input, now }) => withdrawSigning(await product(), scope, input, now),
  done: (_value, { visitor }) => ({ to: pageBehind(doorOf(visitor)), notice: { key: 'signing.done.withdrawn' } }),
  form: (visitor) => pageBehind(doorOf(visitor)),
});
