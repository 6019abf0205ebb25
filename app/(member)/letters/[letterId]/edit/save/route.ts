import { saveDraft } from '../../../../../../lib/letters/drafting.ts';
import { editedLetterForm, LETTER_FORM_LIMIT } from '../../../../../../lib/letters/schema.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'letter',
  schema: editedLetterForm,
  limit: LETTER_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'draft'),
  command: async ({ scope: { running, scope }, input: { letter, revision }, now }) => {
    const saved = await saveDraft(running, scope, { input: letter, revision }, now);
    if (saved.ok) return saved;
    return saved.reason === 'language-taken' ? refusal({ place: 'language', reason: 'language-taken' }) : saved;
  },
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.edit.saved' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/edit`,
});
