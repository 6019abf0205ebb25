import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { deleteLetter } from '../../../../../lib/letters/drafting.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'delete',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'delete'),
  command: ({ scope: { running, scope }, now }) => deleteLetter(running, scope, now),
  // The desk offers to bring it back.
  done: (_, { scope }) => `/coalitions/${scope.scope.coalitionId}?deleted=${scope.scope.letterId}`,
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}`,
});
