import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { endConsultation } from '../../../../../lib/letters/consultation.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'end-consultation',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, now }) => endConsultation(running, scope, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.consult.ended' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/comments`,
});
