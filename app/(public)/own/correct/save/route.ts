import { correctOwnEntry } from '../../../../../lib/signatures/correct.ts';
import { correctOwnForm } from '../../../../../lib/signatures/correct-schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../../_request/form-drafts.ts';
import { mutate } from '../../../../_request/mutate.ts';
import { product } from '../../../../_request/product.ts';
import { doorOf, ownGate, ownRate, pageBehind } from '../../door.ts';
import { correctPageOf } from '../paths.ts';

export const POST = mutate({
  name: 'correct',
  schema: correctOwnForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: ownGate,
  rates: ({ scope }) => [ownRate('correct', scope)],
  command: async ({ scope, input, now }) => correctOwnEntry(await product(), scope, input, now),
  done: ({ waits }, { visitor }) => ({
    to: pageBehind(doorOf(visitor)),
    notice: { key: waits ? 'signing.done.correction-waits' : 'signing.done.corrected' },
  }),
  form: correctPageOf,
});
