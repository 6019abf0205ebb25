import { refuseWish } from '../../../../../../../../lib/signatures/correct-by-member.ts';
import { refuseWishForm } from '../../../../../../../../lib/signatures/correct-schema.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { askedAtEntry, correctEntryPageOf, entryOf } from '../paths.ts';

export const POST = mutate({
  name: 'refuse-wish',
  schema: refuseWishForm,
  limit: 8_000,
  who: askedAtEntry,
  command: async ({ scope: { running, scope }, input, visitor, now }) => refuseWish(running, scope, entryOf(visitor), input, now),
  done: (_value, { visitor }) => ({ to: correctEntryPageOf(visitor), notice: { key: 'correct-entry.refused' } }),
  form: correctEntryPageOf,
});
