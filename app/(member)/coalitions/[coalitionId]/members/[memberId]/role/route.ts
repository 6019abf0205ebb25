import { changeRole } from '../../../../../../../lib/coalitions/members.ts';
import { roleForm } from '../../../../../../../lib/coalitions/schema.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../_request/form-drafts.ts';
import { askedAtMember } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { memberForm, membersPath } from '../../paths.ts';

export const POST = mutate({
  name: 'member',
  schema: roleForm,
  limit: 1024,
  kept: KEPT_OVER_SIGN_IN,
  who: (visitor) => askedAtMember(visitor, 'manage-members'),
  command: ({ scope: { running, scope, who }, input, visitor, now }) =>
    changeRole(running, scope, { who, memberId: visitor.params['memberId'] ?? '', role: input.role }, now),
  done: (_, { scope: { scope } }) => ({ to: membersPath(scope.coalitionId), notice: { key: 'members.done.role' } }),
  form: memberForm,
});
