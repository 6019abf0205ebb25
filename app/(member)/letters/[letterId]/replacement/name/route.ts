import { replacementForm } from '../../../../../../lib/letters/life-forms.ts';
import { nameReplacement } from '../../../../../../lib/letters/withdrawing.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'withdraw-letter',
  schema: replacementForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => {
    const named = await nameReplacement(running, scope, input, now);
    return named.ok || named.reason === 'not-now' ? named : refusal({ place: 'replacementId', reason: named.reason });
  },
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.replacement.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/replacement`,
});
