import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { deleteSample } from '../../../../../lib/letters/sample.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'remove-sample',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope } }) => deleteSample(running, scope),
  done: (_, { scope }) => ({ to: `/coalitions/${scope.scope.coalitionId}`, notice: { key: 'letters.sample.removed' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}`,
});
