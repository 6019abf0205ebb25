import { approveEntries, approveForm } from '../../../../../../lib/signatures/review.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { listPath } from '../paths.ts';

/** Approves the entries that were ticked on one page of the list. */
export const POST = mutate({
  name: 'list',
  schema: approveForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, input, now }) => approveEntries(running, scope, input.signature, now),
  done: ({ approved, left }, { scope: { scope } }) => ({
    to: `${listPath(scope.letterId)}?state=needs-you`,
    notice: { key: 'list.done.several', values: { approved, left } },
  }),
  form: (visitor) => listPath(visitor.params['letterId'] ?? ''),
});
