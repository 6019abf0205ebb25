import { setAsideText } from '../../../../../../../lib/letters/saving.ts';
import { LETTER_FORM_LIMIT, setAsideTextForm } from '../../../../../../../lib/letters/text-schema.ts';
import { refusal } from '../../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../_request/form-drafts.ts';
import { askedAtText, textLanguage, textPath } from '../../../../../../_request/letter-text.ts';
import { orEnded } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { countSave } from '../../../../../../_request/saves.ts';

/** "Take theirs": what was typed goes to the history, and the form shows what is stored. */
export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: setAsideTextForm,
  limit: LETTER_FORM_LIMIT,
  who: async (visitor) => orEnded(visitor, await askedAtText(visitor, 'draft')),
  rates: countSave,
  command: async ({ scope: asked, input, visitor, now }) =>
    asked ? setAsideText(asked.running, asked.scope, { ...input, language: textLanguage(visitor) }, now) : refusal('session-ended'),
  done: (_, { visitor }) => ({ to: textPath(visitor), notice: { key: 'letters.conflict.taken' } }),
  form: textPath,
});
