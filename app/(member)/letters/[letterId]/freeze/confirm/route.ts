import { freezeForm } from '../../../../../../lib/letters/life-forms.ts';
import { freezeLetter } from '../../../../../../lib/letters/opening.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'freeze',
  schema: freezeForm,
  limit: 256 * 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, input, now }) => freezeLetter(running, scope, input, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.freeze.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/freeze`,
});
