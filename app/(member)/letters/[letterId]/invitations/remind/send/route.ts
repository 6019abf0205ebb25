import { emptyForm } from '../../../../../../../lib/auth/schema.ts';
import { remindEverybody } from '../../../../../../../lib/mailings/remind-now.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { invitationsPath } from '../../paths.ts';

export const POST = mutate({
  name: 'invitation',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, now }) => remindEverybody(running, scope, now),
  done: ({ count }, { visitor }) => ({
    to: invitationsPath(visitor.params['letterId'] ?? ''),
    notice: { key: 'invitations.done.reminded', values: { count } },
  }),
  form: (visitor) => `${invitationsPath(visitor.params['letterId'] ?? '')}/remind`,
});
