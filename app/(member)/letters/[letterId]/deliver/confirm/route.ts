import { emptyForm } from '../../../../../../lib/auth/schema.ts';
import { deliverLetter } from '../../../../../../lib/letters/ending.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'deliver',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, now }) => deliverLetter(running, scope, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.deliver.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/deliver`,
});
