import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { duplicateLetter } from '../../../../../lib/letters/duplicating.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'duplicate',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'draft'),
  command: ({ scope: { running, scope }, now }) => duplicateLetter(running, scope, now),
  done: ({ letterId }) => ({ to: `/letters/${letterId}`, notice: { key: 'letters.duplicate.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}`,
});
