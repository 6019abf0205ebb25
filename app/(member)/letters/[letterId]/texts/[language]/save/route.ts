import { saveText } from '../../../../../../../lib/letters/saving.ts';
import { LETTER_FORM_LIMIT, textForm } from '../../../../../../../lib/letters/text-schema.ts';
import { refusal } from '../../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../_request/form-drafts.ts';
import { askedAtText, textLanguage, textPath } from '../../../../../../_request/letter-text.ts';
import { orEnded } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { countSave } from '../../../../../../_request/saves.ts';

export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: textForm,
  limit: LETTER_FORM_LIMIT,
  who: async (visitor) => orEnded(visitor, await askedAtText(visitor, 'draft')),
  rates: countSave,
  command: async ({ scope: asked, input: { language: typed, ...input }, visitor, now }) => {
    if (!asked) return refusal('session-ended');
    const language = textLanguage(visitor);
    const newLanguage = typed === language ? null : typed;
    const saved = await saveText(asked.running, asked.scope, { ...input, language, newLanguage }, now);
    if (saved.ok) return saved;
    if (saved.reason === 'language-taken') return refusal({ place: 'language', reason: 'language-taken' });
    return saved.reason === 'language-not-offered' ? refusal({ place: 'language', reason: 'not-offered' }) : saved;
  },
  // A first translation behind its source: to the page that shows what moved while it was written.
  done: ({ behind }, { visitor }) => ({
    to: behind ? textPath(visitor) : `/letters/${visitor.params['letterId'] ?? ''}`,
    notice: { key: 'letters.edit.saved' },
  }),
  form: textPath,
});
