import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { archiveLetter } from '../../../../../lib/letters/archiving.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'unarchive',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, now }) => archiveLetter(running, scope, false, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.unarchive.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}`,
});
