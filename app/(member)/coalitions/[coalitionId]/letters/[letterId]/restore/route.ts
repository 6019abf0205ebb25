import { emptyForm } from '../../../../../../../lib/auth/schema.ts';
import { restoreLetter } from '../../../../../../../lib/letters/drafting.ts';
import { askedInCoalition } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';

// The letter is on no list while it is deleted, so the coalition is the scope; the command looks for it there and nowhere else.
export const POST = mutate({
  name: 'restore',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedInCoalition(visitor, 'delete'),
  command: ({ scope: { running, scope }, visitor, now }) => restoreLetter(running, scope, visitor.params['letterId'] ?? '', now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.delete.undone' } }),
  form: ({ params }) => `/coalitions/${params['coalitionId'] ?? ''}`,
});
