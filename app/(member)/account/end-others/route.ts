import { emptyForm } from '../../../../lib/auth/schema.ts';
import { endOtherSessions } from '../../../../lib/auth/session.ts';
import { success } from '../../../../lib/shared/result.ts';
import { askedByMember } from '../../../_request/member.ts';
import { mutate } from '../../../_request/mutate.ts';

export const POST = mutate({
  name: 'end-others',
  schema: emptyForm,
  limit: 1024,
  who: askedByMember,
  command: async ({ scope: { running, who } }) => success(await endOtherSessions(running, who)),
  done: () => ({ to: '/account', notice: { key: 'members.sessions.ended' } }),
  form: () => '/account',
});
