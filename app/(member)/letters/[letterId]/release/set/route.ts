import { releaseForm } from '../../../../../../lib/letters/life-forms.ts';
import { setRelease } from '../../../../../../lib/letters/releasing.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'release',
  schema: releaseForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => {
    const set = await setRelease(running, scope, input, now);
    if (set.ok || set.reason === 'not-now') return set;
    return refusal({ place: set.reason === 'delivered-already' ? 'when' : 'releaseDay', reason: set.reason });
  },
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}/release`, notice: { key: 'letters.release.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/release`,
});
