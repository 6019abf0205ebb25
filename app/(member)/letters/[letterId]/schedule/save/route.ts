import { changeSchedule } from '../../../../../../lib/letters/schedule.ts';
import { scheduleForm } from '../../../../../../lib/letters/schedule-schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'schedule',
  schema: scheduleForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => await changeSchedule(running, scope, input, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.schedule.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/schedule`,
});
