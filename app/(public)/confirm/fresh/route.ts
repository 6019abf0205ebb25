import { z } from 'zod';
import { success } from '../../../../lib/shared/result.ts';
import { requestFreshOwnLink } from '../../../../lib/signatures/own-link.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { fewMails } from '../../../_request/rate-rules.ts';
import { CONFIRM_PATH } from '../gate.ts';

/** A fresh link to the address on file, for whoever holds one that no longer opens. The answer is the same for every link. */
export const POST = mutate({
  name: 'fresh-confirmation',
  schema: z.object({}),
  limit: 1_000,
  who: async (visitor) => success(visitor.cookie('confirmation') ?? ''),
  rates: ({ scope: token, visitor }) => [
    { rule: fewMails('fresh-confirmation'), subject: token },
    { rule: fewMails('fresh-confirmations'), subject: visitor.network },
  ],
  command: async ({ scope: token, now }) => requestFreshOwnLink(await product(), 'confirmation', token, now),
  done: () => ({ to: CONFIRM_PATH, notice: { key: 'signing.confirm.fresh-sent' } }),
  form: () => CONFIRM_PATH,
});
