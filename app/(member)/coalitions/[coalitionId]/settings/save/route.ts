import { saveSettings } from '../../../../../../lib/coalitions/settings.ts';
import { settingsForm } from '../../../../../../lib/coalitions/settings-schema.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { settingsPath } from '../paths.ts';

export const POST = mutate({
  name: 'coalition-settings',
  schema: settingsForm,
  limit: 16 * 1024,
  who: (visitor) => askedInCoalition(visitor, 'manage-owners'),
  command: ({ scope: { running, scope }, input, now }) => saveSettings(running, scope, input, now),
  done: (_, { scope: { scope } }) => ({ to: settingsPath(scope.coalitionId), notice: { key: 'coalition.settings.done' } }),
  form: ({ params }) => settingsPath(params['coalitionId'] ?? ''),
});
