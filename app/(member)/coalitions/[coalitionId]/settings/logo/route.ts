import { setLogo } from '../../../../../../lib/coalitions/settings.ts';
import { logoForm } from '../../../../../../lib/coalitions/settings-schema.ts';
import { PICTURE_LIMITS } from '../../../../../../lib/pictures/picture.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { settingsPath } from '../paths.ts';

/** What stands around the file in the body of its form. */
const WRAPPING = 4 * 1024;

export const POST = mutate({
  name: 'coalition-logo',
  schema: logoForm,
  limit: PICTURE_LIMITS.bytes + WRAPPING,
  files: true,
  who: (visitor) => askedInCoalition(visitor, 'manage-owners'),
  command: async ({ scope: { running, scope }, input, now }) => setLogo(running, scope, Buffer.from(await input.logo.arrayBuffer()), now),
  done: (_, { scope: { scope } }) => ({ to: settingsPath(scope.coalitionId), notice: { key: 'coalition.logo.done' } }),
  form: ({ params }) => settingsPath(params['coalitionId'] ?? ''),
});
