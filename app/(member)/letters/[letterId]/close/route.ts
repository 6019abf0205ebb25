import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { closeLetter } from '../../../../../lib/letters/ending.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'close',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, now }) => closeLetter(running, scope, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.close.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}`,
});
