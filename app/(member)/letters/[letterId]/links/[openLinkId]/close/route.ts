import { z } from 'zod';
import { isId } from '../../../../../../../lib/shared/ids.ts';
import { refusal } from '../../../../../../../lib/shared/result.ts';
import { closeOpenLink } from '../../../../../../../lib/signatures/open-links.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { linksPath } from '../../paths.ts';

export const POST = mutate({
  name: 'close-open-link',
  schema: z.object({}),
  limit: 1_000,
  who: async (visitor) => (isId('opn', visitor.params['openLinkId'] ?? '') ? await askedAtLetter(visitor, 'run') : refusal('not-found')),
  command: async ({ scope: { running, scope }, visitor, now }) => closeOpenLink(running, scope, visitor.params['openLinkId'] ?? '', now),
  done: (_, { scope: { scope } }) => ({ to: linksPath(scope.letterId), notice: { key: 'links.done.closed' } }),
  form: (visitor) => linksPath(visitor.params['letterId'] ?? ''),
});
