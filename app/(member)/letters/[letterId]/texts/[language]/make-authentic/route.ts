import { seenForm } from '../../../../../../../lib/letters/schema.ts';
import { makeAuthentic } from '../../../../../../../lib/letters/translations.ts';
import { askedAtText, textLanguage } from '../../../../../../_request/letter-text.ts';
import { mutate } from '../../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'texts',
  schema: seenForm,
  limit: 1024,
  who: (visitor) => askedAtText(visitor, 'draft'),
  command: ({ scope: { running, scope }, input: { revision }, visitor, now }) =>
    makeAuthentic(running, scope, { language: textLanguage(visitor), settingsRevision: revision }, now),
  done: (_, { visitor }) => ({ to: `/letters/${visitor.params['letterId'] ?? ''}/texts`, notice: { key: 'letters.texts.authentic.done' } }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/texts`,
});
