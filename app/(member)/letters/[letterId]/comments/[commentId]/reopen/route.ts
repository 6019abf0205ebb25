import { emptyForm } from '../../../../../../../lib/auth/schema.ts';
import { settleComment } from '../../../../../../../lib/letters/comments.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'comment',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'draft'),
  command: ({ scope: { running, scope }, now, visitor }) =>
    settleComment(running, scope, { commentId: visitor.params['commentId'] ?? '', settled: false }, now),
  done: (_, { visitor }) => ({
    to: `/letters/${visitor.params['letterId'] ?? ''}/comments`,
    notice: { key: 'letters.comments.reopen.done' },
  }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/comments`,
});
