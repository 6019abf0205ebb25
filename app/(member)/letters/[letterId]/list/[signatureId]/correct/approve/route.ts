import { approveWish } from '../../../../../../../../lib/signatures/correct-by-member.ts';
import { seenForm } from '../../../../../../../../lib/signatures/review.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { askedAtEntry, correctEntryPageOf, entryOf } from '../paths.ts';

export const POST = mutate({
  name: 'approve-wish',
  schema: seenForm,
  limit: 1_000,
  who: askedAtEntry,
  command: async ({ scope: { running, scope }, input, visitor, now }) => approveWish(running, scope, entryOf(visitor), input, now),
  done: (_value, { visitor }) => ({ to: correctEntryPageOf(visitor), notice: { key: 'correct-entry.approved' } }),
  form: correctEntryPageOf,
});
