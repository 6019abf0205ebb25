import { endSessionForm } from '../../../../lib/auth/schema.ts';
import { endOwnSession } from '../../../../lib/auth/session.ts';
import { success } from '../../../../lib/shared/result.ts';
import { askedByMember } from '../../../_request/member.ts';
import { mutate } from '../../../_request/mutate.ts';

export const POST = mutate({
  name: 'end-session',
  schema: endSessionForm,
  limit: 1024,
  who: askedByMember,
  // A session that has ended already is what was asked for.
  command: async ({ scope: { running, who }, input }) => success(await endOwnSession(running, who, input.session)),
  done: () => ({ to: '/account', notice: { key: 'members.sessions.ended' } }),
  form: () => '/account',
});
