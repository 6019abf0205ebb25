import { changeOwnName } from '../../../../lib/coalitions/own-name.ts';
import { nameForm } from '../../../../lib/coalitions/schema.ts';
import { success } from '../../../../lib/shared/result.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { askedByMember } from '../../../_request/member.ts';
import { mutate } from '../../../_request/mutate.ts';

export const POST = mutate({
  name: 'name',
  schema: nameForm,
  limit: TYPED_FORM_LIMIT,
  who: askedByMember,
  command: async ({ scope: { running, who }, input, now }) => {
    await changeOwnName(running, who, input.name, now);
    return success(null);
  },
  done: () => ({ to: '/account', notice: { key: 'members.name.done' } }),
  form: () => '/account',
});
