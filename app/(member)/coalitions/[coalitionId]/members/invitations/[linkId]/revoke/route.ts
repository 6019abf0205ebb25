import { emptyForm } from '../../../../../../../../lib/auth/schema.ts';
import { revokeMemberInvitation } from '../../../../../../../../lib/coalitions/member-invitations.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../../_request/form-drafts.ts';
import { askedInCoalition } from '../../../../../../../_request/member.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { membersForm, membersPath } from '../../../paths.ts';

export const POST = mutate({
  name: 'member',
  schema: emptyForm,
  limit: 1024,
  kept: KEPT_OVER_SIGN_IN,
  who: (visitor) => askedInCoalition(visitor, 'manage-members'),
  command: ({ scope: { running, scope }, visitor, now }) => revokeMemberInvitation(running, scope, visitor.params['linkId'] ?? '', now),
  done: (_, { scope: { scope } }) => ({ to: membersPath(scope.coalitionId), notice: { key: 'members.done.revoked' } }),
  form: membersForm,
});
