import { refusal } from '../../../../../lib/shared/result.ts';
import { addEntry, checkAdding } from '../../../../../lib/signatures/add-entry.ts';
import { addForm } from '../../../../../lib/signatures/schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../_request/body.ts';
import { KEPT_LIKE_A_LINK } from '../../../../_request/form-drafts.ts';
import { mutate } from '../../../../_request/mutate.ts';
import { product } from '../../../../_request/product.ts';
import { doorOf, ownGate, ownPath, ownRate, pageBehind } from '../../door.ts';

/** Shows how the entry prints (`step=check`), then adds it (`step=sign`). */
export const POST = mutate({
  name: 'sign',
  schema: addForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_LIKE_A_LINK,
  outlivesGate: true,
  who: ownGate,
  rates: ({ scope }) => [ownRate('add', scope)],
  command: async ({ scope, input, now }) => {
    const instance = await product();
    if (input.step === 'sign') return addEntry(instance, scope, input, now);
    const checked = await checkAdding(instance, scope, input, now);
    // Without a fault the form goes back to its page all the same: with what was typed, which the page then shows as it prints.
    return checked.ok ? refusal([]) : checked;
  },
  done: ({ status }, { visitor }) => ({
    to: pageBehind(doorOf(visitor)),
    notice: { key: status === 'listed' ? 'signing.done.added' : 'signing.done.added-held' },
  }),
  form: (visitor) => ownPath(doorOf(visitor), 'add'),
});
