import { z } from 'zod';
import { approveWish } from '../../../../../../../../lib/signatures/correct-by-member.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { askedAtEntry, correctEntryPageOf, entryOf } from '../paths.ts';

export const POST = mutate({
  name: 'approve-wish',
  schema: z.object({}),
  limit: 1_000,
  who: askedAtEntry,
  command: async ({ scope: { running, scope }, visitor, now }) => approveWish(running, scope, entryOf(visitor), now),
  done: (_value, { visitor }) => ({ to: correctEntryPageOf(visitor), notice: { key: 'correct-entry.approved' } }),
  form: correctEntryPageOf,
});
