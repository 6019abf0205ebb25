import { correctEntry } from '../../../../../../../../lib/signatures/correct-by-member.ts';
import { correctEntryForm } from '../../../../../../../../lib/signatures/correct-schema.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { askedAtEntry, correctEntryPageOf, entryOf } from '../paths.ts';

export const POST = mutate({
  name: 'correct-entry',
  schema: correctEntryForm,
  limit: 16_000,
  who: askedAtEntry,
  command: async ({ scope: { running, scope }, input, visitor, now }) => correctEntry(running, scope, entryOf(visitor), input, now),
  done: (_value, { visitor }) => ({ to: correctEntryPageOf(visitor), notice: { key: 'correct-entry.done' } }),
  form: correctEntryPageOf,
});
