import { reopenLetter } from '../../../../../../lib/letters/ending.ts';
import { reopenForm } from '../../../../../../lib/letters/schema.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'reopen',
  schema: reopenForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => {
    const reopened = await reopenLetter(running, scope, input, now);
    return reopened.ok || reopened.reason === 'not-now' ? reopened : refusal({ place: 'deadlineDay', reason: reopened.reason });
  },
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.reopen.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/reopen`,
});
