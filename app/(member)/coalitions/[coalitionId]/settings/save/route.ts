import { saveSettings } from '../../../../../../lib/coalitions/settings.ts';
import { settingsForm } from '../../../../../../lib/coalitions/settings-schema.ts';
import { PICTURE_LIMITS } from '../../../../../../lib/pictures/picture.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { settingsPath } from '../paths.ts';

export const POST = mutate({
  name: 'coalition-settings',
  schema: settingsForm,
  limit: PICTURE_LIMITS.bytes + 16 * 1024,
  files: true,
  who: (visitor) => askedInCoalition(visitor, 'manage-owners'),
  command: async ({ scope: { running, scope }, input: { logo, ...input }, now }) =>
    saveSettings(running, scope, input, now, logo && Buffer.from(await logo.arrayBuffer())),
  done: (_, { scope: { scope } }) => ({ to: settingsPath(scope.coalitionId), notice: { key: 'coalition.settings.done' } }),
  form: ({ params }) => settingsPath(params['coalitionId'] ?? ''),
});
