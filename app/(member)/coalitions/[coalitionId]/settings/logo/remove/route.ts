import { emptyForm } from '../../../../../../../lib/auth/schema.ts';
import { removeLogo } from '../../../../../../../lib/coalitions/settings.ts';
import { askedInCoalition } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { settingsPath } from '../../paths.ts';

export const POST = mutate({
  name: 'coalition-logo',
  schema: emptyForm,
  limit: 1024,
  who: (visitor) => askedInCoalition(visitor, 'manage-owners'),
  command: ({ scope: { running, scope }, now }) => removeLogo(running, scope, now),
  done: (_, { scope: { scope } }) => ({ to: settingsPath(scope.coalitionId), notice: { key: 'coalition.logo.removed' } }),
  form: ({ params }) => settingsPath(params['coalitionId'] ?? ''),
});
