import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { startConsultation } from '../../../../../lib/letters/consultation.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';
import { CONSULT_RATE } from '../../../../_request/rate-rules.ts';

export const POST = mutate({
  name: 'consult',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  rates: ({ scope: { scope } }) => [{ rule: CONSULT_RATE, subject: scope.letterId }],
  command: ({ scope: { running, scope }, now }) => startConsultation(running, scope, now),
  done: ({ told }, { visitor }) => ({
    to: `/letters/${visitor.params['letterId'] ?? ''}/comments`,
    notice: { key: 'letters.consult.done', values: { told } },
  }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/comments`,
});
