import { withdrawLetterForm } from '../../../../../../lib/letters/life-forms.ts';
import { withdrawLetter } from '../../../../../../lib/letters/withdrawing.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'withdraw-letter',
  schema: withdrawLetterForm,
  limit: 64 * 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => {
    const withdrawn = await withdrawLetter(running, scope, input, now);
    if (withdrawn.ok || withdrawn.reason === 'not-now') return withdrawn;
    return refusal({ place: 'replacementId', reason: withdrawn.reason });
  },
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.withdraw.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/withdraw`,
});
