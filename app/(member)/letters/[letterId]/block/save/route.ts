import { BLOCK_FORM_LIMIT, blockForm } from '../../../../../../lib/letters/block-schema.ts';
import { saveBlock } from '../../../../../../lib/letters/block-settings.ts';
import { askedAtBlock } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

const page = (letterId: string | undefined) => `/letters/${letterId ?? ''}/block`;

export const POST = mutate({
  name: 'block',
  schema: blockForm,
  limit: BLOCK_FORM_LIMIT,
  who: askedAtBlock,
  command: ({ scope: { running, scope }, input, now }) => saveBlock(running, scope, input, now),
  done: (_, { visitor }) => ({ to: page(visitor.params['letterId']), notice: { key: 'letters.edit.saved' } }),
  form: (visitor) => page(visitor.params['letterId']),
});
