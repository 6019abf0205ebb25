import { openLinkForm } from '../../../../../../lib/signatures/open-link-schema.ts';
import { makeOpenLink } from '../../../../../../lib/signatures/open-links.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { linksPath } from '../paths.ts';

export const POST = mutate({
  name: 'open-link',
  schema: openLinkForm,
  limit: 4_000,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => makeOpenLink(running, scope, input, now),
  done: (_, { scope: { scope } }) => ({ to: linksPath(scope.letterId), notice: { key: 'links.done.made' } }),
  form: (visitor) => linksPath(visitor.params['letterId'] ?? ''),
});
