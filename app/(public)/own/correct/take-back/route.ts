import { takeBackWish } from '../../../../../lib/signatures/correct.ts';
import { takeBackWishForm } from '../../../../../lib/signatures/correct-schema.ts';
import { mutate } from '../../../../_request/mutate.ts';
import { product } from '../../../../_request/product.ts';
import { doorOf, ownGate, ownRate, pageBehind } from '../../door.ts';

export const POST = mutate({
  name: 'take-back-wish',
  schema: takeBackWishForm,
  limit: 1_000,
  who: ownGate,
  rates: ({ scope }) => [ownRate('correct', scope)],
  command: async ({ scope, input, now }) => takeBackWish(await product(), scope, input, now),
  done: (_value, { visitor }) => ({ to: pageBehind(doorOf(visitor)), notice: { key: 'signing.done.wish-taken-back' } }),
  form: (visitor) => pageBehind(doorOf(visitor)),
});
