import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { setNamesHidden } from '../../../../../lib/letters/releasing.ts';
import { askedAtLetter } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'names',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, now }) => setNamesHidden(running, scope, false, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}/release`, notice: { key: 'letters.names.shown' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/release`,
});
