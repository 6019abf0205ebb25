import { z } from 'zod';
import { openSignForm } from '../../../../lib/signatures/schema.ts';

/** What the form sends beside the answer: when it was shown, a field that people do not see, an answer to the task a script was set. */
const besides = z.object({
  opened: z.string().max(200).default(''),
  topic: z.string().max(1_000).default(''),
  proof: z.string().max(2_000).default(''),
});

export const openDoorForm = z.intersection(openSignForm, besides);
