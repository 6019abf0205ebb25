import { correctEntry } from '../../../../../../../../lib/signatures/correct-by-member.ts';
import { correctEntryForm } from '../../../../../../../../lib/signatures/correct-schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../../../../_request/body.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { askedAtEntry, correctEntryPageOf, entryOf } from '../paths.ts';

export const POST = mutate({
  name: 'correct-entry',
  schema: correctEntryForm,
  limit: TYPED_FORM_LIMIT,
  who: askedAtEntry,
  command: async ({ scope: { running, scope }, input, visitor, now }) => correctEntry(running, scope, entryOf(visitor), input, now),
  done: (_value, { visitor }) => ({ to: correctEntryPageOf(visitor), notice: { key: 'correct-entry.done' } }),
  form: correctEntryPageOf,
});
