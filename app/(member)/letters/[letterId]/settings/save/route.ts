import { saveSettings } from '../../../../../../lib/letters/saving.ts';
import { SETTINGS_FORM_LIMIT, settingsForm } from '../../../../../../lib/letters/settings-schema.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../_request/form-drafts.ts';
import { askedAtLetter, orEnded } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { countSave } from '../../../../../_request/saves.ts';

export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: settingsForm,
  limit: SETTINGS_FORM_LIMIT,
  who: async (visitor) => orEnded(visitor, await askedAtLetter(visitor, 'draft')),
  rates: countSave,
  command: async ({ scope: asked, input, now }) =>
    asked ? await saveSettings(asked.running, asked.scope, input, now) : refusal('session-ended'),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.edit.saved' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/settings`,
});
