import { saveDraft } from '../../../../../../lib/letters/drafting.ts';
import { editedLetterForm, LETTER_FORM_LIMIT } from '../../../../../../lib/letters/schema.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../_request/form-drafts.ts';
import { askedAtLetter, orEnded } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: editedLetterForm,
  limit: LETTER_FORM_LIMIT,
  who: async (visitor) => orEnded(visitor, await askedAtLetter(visitor, 'draft')),
  command: async ({ scope: asked, input: { letter, revision }, now }) => {
    if (!asked) return refusal('session-ended');
    const saved = await saveDraft(asked.running, asked.scope, { input: letter, revision }, now);
    if (saved.ok) return saved;
    return saved.reason === 'language-taken' ? refusal({ place: 'language', reason: 'language-taken' }) : saved;
  },
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.edit.saved' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/edit`,
});
