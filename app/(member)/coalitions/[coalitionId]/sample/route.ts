import { emptyForm } from '../../../../../lib/auth/schema.ts';
import { createSampleLetter } from '../../../../../lib/letters/sample.ts';
import { guessZone } from '../../../../../lib/letters/views.ts';
import { askedInCoalition } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'sample',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedInCoalition(visitor, 'run'),
  command: async ({ scope: { running, scope }, now }) => createSampleLetter(running, scope, { zone: await guessZone(running, scope) }, now),
  done: ({ letterId }) => `/letters/${letterId}`,
  form: ({ params }) => `/coalitions/${params['coalitionId'] ?? ''}`,
});
