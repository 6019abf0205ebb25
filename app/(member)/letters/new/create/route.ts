import { createLetter } from '../../../../../lib/letters/drafting.ts';
import { LETTER_FORM_LIMIT, letterForm } from '../../../../../lib/letters/schema.ts';
import { success } from '../../../../../lib/shared/result.ts';
import { askedInCoalition } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'letter',
  schema: letterForm,
  limit: LETTER_FORM_LIMIT,
  who: (visitor) => askedInCoalition(visitor, 'draft'),
  command: async ({ scope: { running, scope }, input, now }) => success(await createLetter(running, scope, input, now)),
  done: ({ letterId }) => ({ to: `/letters/${letterId}`, notice: { key: 'letters.new.made' } }),
  form: () => '/letters/new',
});
