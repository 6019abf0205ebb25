import { addComment } from '../../../../../../lib/letters/comments.ts';
import { commentForm } from '../../../../../../lib/letters/life-forms.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { COMMENT_RATE } from '../../../../../_request/rate-rules.ts';

export const POST = mutate({
  name: 'comment',
  schema: commentForm,
  limit: 64 * 1024,
  who: (visitor) => askedAtLetter(visitor, 'draft'),
  rates: ({ scope: { scope } }) => [{ rule: COMMENT_RATE, subject: scope.memberId }],
  command: ({ scope: { running, scope }, input, now }) => addComment(running, scope, input.text, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}/comments`, notice: { key: 'letters.comments.added' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/comments`,
});
