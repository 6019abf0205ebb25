import { z } from 'zod';
import type { stopMails } from '../../../lib/mailings/stops.ts';
import { success } from '../../../lib/shared/result.ts';
import { mutate } from '../../_request/mutate.ts';
import { product } from '../../_request/product.ts';
import { STOP_PATH, STOP_RATE } from './path.ts';

/** A button of the page behind the link at the end of a mail: no more mails, or mails again. */
export const stopForm = (change: typeof stopMails) =>
  mutate({
    name: 'stop',
    schema: z.object({}),
    limit: 1_000,
    who: async (visitor) => success(visitor.cookie('mail-stop') ?? ''),
    rates: ({ visitor }) => [{ rule: STOP_RATE, subject: visitor.network }],
    command: async ({ scope: token, now }) => {
      await change(await product(), token, now);
      return success(null);
    },
    // Of a link that stops nothing the page says so itself.
    done: () => STOP_PATH,
    form: () => STOP_PATH,
  });
