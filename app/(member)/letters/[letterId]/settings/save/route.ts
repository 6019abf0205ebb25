import { saveSettings } from '../../../../../../lib/letters/saving.ts';
import { SETTINGS_FORM_LIMIT, settingsForm } from '../../../../../../lib/letters/settings-schema.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'letter',
  schema: settingsForm,
  limit: SETTINGS_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'draft'),
  command: ({ scope: { running, scope }, input, now }) => saveSettings(running, scope, input, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}`, notice: { key: 'letters.edit.saved' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/settings`,
});
