import { leaveCoalition } from '../../../../../../lib/coalitions/members.ts';
import { leaveForm } from '../../../../../../lib/coalitions/schema.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { membersForm } from '../paths.ts';

export const POST = mutate({
  name: 'leave',
  schema: leaveForm,
  limit: 1024,
  who: (visitor) => askedInCoalition(visitor, 'read'),
  command: ({ scope: { running, scope }, now }) => leaveCoalition(running, scope, now),
  done: () => ({ to: '/desk', notice: { key: 'members.done.left' } }),
  form: (visitor) => `${membersForm(visitor)}/own`,
});
