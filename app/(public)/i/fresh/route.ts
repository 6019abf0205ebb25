import { z } from 'zod';
import { requestFreshLink } from '../../../../lib/invitations/answers.ts';
import { success } from '../../../../lib/shared/result.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { fewMails } from '../../../_request/rate-rules.ts';
import { INVITATION_PATH } from '../gate.ts';

/** A fresh link to the address on file, for whoever holds one that no longer opens. The answer is the same for every link. */
export const POST = mutate({
  name: 'fresh-link',
  schema: z.object({}),
  limit: 1_000,
  who: async (visitor) => success(visitor.cookie('invitation') ?? ''),
  rates: ({ scope: token, visitor }) => [
    { rule: fewMails('fresh-link'), subject: token },
    { rule: fewMails('fresh-links'), subject: visitor.network },
  ],
  command: async ({ scope: token, now }) => requestFreshLink(await product(), token, now),
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.link.fresh-sent' } }),
  form: () => INVITATION_PATH,
});
