import { restoreSave } from '../../../../../../lib/letters/restoring.ts';
import { restoreForm } from '../../../../../../lib/letters/schema.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { countSave } from '../../../../../_request/saves.ts';

export const POST = mutate({
  name: 'history',
  schema: restoreForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, 'draft'),
  rates: countSave,
  command: ({ scope: { running, scope }, input, now }) => restoreSave(running, scope, input, now),
  done: ({ part, language }, { visitor }) => ({
    to: `/letters/${visitor.params['letterId'] ?? ''}/${part === 'text' ? `texts/${language}` : part}`,
    notice: { key: 'letters.history.restored' },
  }),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/history`,
});
