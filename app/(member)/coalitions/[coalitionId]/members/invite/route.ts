import { inviteMember } from '../../../../../../lib/coalitions/member-invitations.ts';
import { inviteMemberForm } from '../../../../../../lib/coalitions/schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../_request/form-drafts.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { INVITING_MEMBERS_RATE, membersForm, membersPath } from '../paths.ts';

export const POST = mutate({
  name: 'invite-member',
  schema: inviteMemberForm,
  limit: TYPED_FORM_LIMIT,
  kept: KEPT_OVER_SIGN_IN,
  who: (visitor) => askedInCoalition(visitor, 'manage-members'),
  rates: ({ scope }) => [{ rule: INVITING_MEMBERS_RATE, subject: scope.scope.coalitionId }],
  command: ({ scope: { running, scope, who }, input, now }) => inviteMember(running, scope, { who, input }, now),
  done: (_, { scope: { scope } }) => ({ to: membersPath(scope.coalitionId), notice: { key: 'members.done.invited' } }),
  form: membersForm,
});
