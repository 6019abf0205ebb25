import { placeEntry, placeForm } from '../../../../../../../lib/signatures/placing.ts';
import { TYPED_FORM_LIMIT } from '../../../../../../_request/body.ts';
import { askedAtBlock } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';

const page = (letterId: string | undefined) => `/letters/${letterId ?? ''}/block/order`;

export const POST = mutate({
  name: 'place',
  schema: placeForm,
  limit: TYPED_FORM_LIMIT,
  who: askedAtBlock,
  command: ({ scope: { running, scope }, input, now }) => placeEntry(running, scope, input, now),
  // Back to the page the entry stands on now; the fragment gives its row the focus.
  done: ({ section, position, place }, { input, visitor }) => ({
    to: `${page(visitor.params['letterId'])}?section=${section}&at=${position}#${input.signature}`,
    notice: place === null ? { key: 'letters.place.given-back' } : { key: 'letters.place.done', values: { place } },
  }),
  form: (visitor) => page(visitor.params['letterId']),
});
