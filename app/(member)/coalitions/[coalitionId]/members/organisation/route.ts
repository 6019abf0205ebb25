import { changeOwnOrganisation } from '../../../../../../lib/coalitions/members.ts';
import { organisationForm } from '../../../../../../lib/coalitions/schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { membersForm, membersPath } from '../paths.ts';

export const POST = mutate({
  name: 'organisation',
  schema: organisationForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedInCoalition(visitor, 'read'),
  command: ({ scope: { running, scope }, input, now }) => changeOwnOrganisation(running, scope, input.organisation, now),
  done: (_, { scope: { scope } }) => ({ to: membersPath(scope.coalitionId), notice: { key: 'members.done.organisation' } }),
  form: (visitor) => `${membersForm(visitor)}/own`,
});
