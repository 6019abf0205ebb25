import { openLinkForm } from '../../../../../../lib/signatures/open-link-schema.ts';
import { makeOpenLink } from '../../../../../../lib/signatures/open-links.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { linksPath } from '../paths.ts';

export const POST = mutate({
  name: 'open-link',
  schema: openLinkForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => makeOpenLink(running, scope, input, now),
  done: (_, { scope: { scope } }) => ({ to: linksPath(scope.letterId), notice: { key: 'links.done.made' } }),
  form: (visitor) => linksPath(visitor.params['letterId'] ?? ''),
});
