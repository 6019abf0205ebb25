import { createLetter } from '../../../../../../../lib/letters/drafting.ts';
import { letterForm } from '../../../../../../../lib/letters/schema.ts';
import { LETTER_FORM_LIMIT } from '../../../../../../../lib/letters/text-schema.ts';
import { refusal, success } from '../../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../_request/form-drafts.ts';
import { askedInCoalition, orEnded } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: letterForm,
  limit: LETTER_FORM_LIMIT,
  who: async (visitor) => orEnded(visitor, await askedInCoalition(visitor, 'draft')),
  command: async ({ scope: asked, input, now }) =>
    asked ? success(await createLetter(asked.running, asked.scope, input, now)) : refusal('session-ended'),
  done: ({ letterId }) => ({ to: `/letters/${letterId}`, notice: { key: 'letters.new.made' } }),
  form: ({ params }) => `/coalitions/${params['coalitionId'] ?? ''}/letters/new`,
});
