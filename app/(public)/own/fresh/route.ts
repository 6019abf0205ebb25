import { z } from 'zod';
import { success } from '../../../../lib/shared/result.ts';
import { requestFreshOwnLink } from '../../../../lib/signatures/own-link.ts';
import { mutate } from '../../../_request/mutate.ts';
import { OWN_PATH } from '../../../_request/own-page.ts';
import { product } from '../../../_request/product.ts';
import { fewMails } from '../../../_request/rate-rules.ts';

/** A fresh link to the address on file, for whoever holds one that no longer opens. The answer is the same for every link. */
export const POST = mutate({
  name: 'fresh-own-link',
  schema: z.object({}),
  limit: 1_000,
  who: async (visitor) => success(visitor.cookie('own-page') ?? ''),
  rates: ({ scope: token, visitor }) => [
    { rule: fewMails('fresh-own-link'), subject: token },
    { rule: fewMails('fresh-own-links'), subject: visitor.network },
  ],
  command: async ({ scope: token, now }) => requestFreshOwnLink(await product(), 'own-page', token, now),
  done: () => ({ to: OWN_PATH, notice: { key: 'signing.own-link.fresh-sent' } }),
  form: () => OWN_PATH,
});
