import { z } from 'zod';
import { resumeMails } from '../../../../lib/mailings/stops.ts';
import { success } from '../../../../lib/shared/result.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { STOP_PATH, STOP_RATE } from '../path.ts';

/** Mails again: somebody pressed too soon, or a mail scanner did. */
export const POST = mutate({
  name: 'stop',
  schema: z.object({}),
  limit: 1_000,
  who: async (visitor) => success(visitor.cookie('mail-stop') ?? ''),
  rates: ({ visitor }) => [{ rule: STOP_RATE, subject: visitor.network }],
  command: async ({ scope: token, now }) => {
    await resumeMails(await product(), token, now);
    return success(null);
  },
  // Of a link that stops nothing the page says so itself.
  done: () => STOP_PATH,
  form: () => STOP_PATH,
});
