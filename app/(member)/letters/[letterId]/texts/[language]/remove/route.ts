import { seenForm } from '../../../../../../../lib/letters/schema.ts';
import { removeTranslation } from '../../../../../../../lib/letters/translations.ts';
import { askedAtText, textLanguage } from '../../../../../../_request/letter-text.ts';
import { mutate } from '../../../../../../_request/mutate.ts';

export const POST = mutate({
  name: 'texts',
  schema: seenForm,
  limit: 1024,
  who: (visitor) => askedAtText(visitor, 'draft'),
  command: ({ scope: { running, scope }, input: { revision }, visitor, now }) =>
    removeTranslation(running, scope, { language: textLanguage(visitor), revision }, now),
  // The page offers to bring it back.
  done: (_, { visitor }) => `/letters/${visitor.params['letterId'] ?? ''}/texts?removed=${textLanguage(visitor)}`,
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/texts`,
});
