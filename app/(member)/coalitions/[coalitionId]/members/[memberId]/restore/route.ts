import { emptyForm } from '../../../../../../../lib/auth/schema.ts';
import { bringBack } from '../../../../../../../lib/coalitions/members.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../_request/form-drafts.ts';
import { askedAtMember } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { memberForm, membersPath } from '../../paths.ts';

export const POST = mutate({
  name: 'member',
  schema: emptyForm,
  limit: 1024,
  kept: KEPT_OVER_SIGN_IN,
  who: (visitor) => askedAtMember(visitor, 'manage-members'),
  command: ({ scope: { running, scope, who }, visitor, now }) =>
    bringBack(running, scope, { who, memberId: visitor.params['memberId'] ?? '' }, now),
  done: (_, { scope: { scope } }) => ({ to: membersPath(scope.coalitionId), notice: { key: 'members.done.restored' } }),
  form: memberForm,
});
