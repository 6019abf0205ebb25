import { BLOCK_FORM_LIMIT, blockForm } from '../../../../../../lib/letters/block-schema.ts';
import { saveBlock } from '../../../../../../lib/letters/block-settings.ts';
import { refusal } from '../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../_request/form-drafts.ts';
import { askedAtLetter, orEnded } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { countSave } from '../../../../../_request/saves.ts';

const page = (letterId: string | undefined) => `/letters/${letterId ?? ''}/block`;

export const POST = mutate({
  name: 'block',
  kept: KEPT_OVER_SIGN_IN,
  schema: blockForm,
  limit: BLOCK_FORM_LIMIT,
  // The letter may be frozen while somebody writes: the command refuses it then, and keeps what they chose.
  who: async (visitor) => orEnded(visitor, await askedAtLetter(visitor, 'draft')),
  rates: countSave,
  command: async ({ scope: asked, input, now }) =>
    asked ? await saveBlock(asked.running, asked.scope, input, now) : refusal('session-ended'),
  done: (_, { visitor, input }) => ({
    to: `${page(visitor.params['letterId'])}${input.next === 'order' ? '/order' : ''}`,
    notice: { key: 'letters.edit.saved' },
  }),
  form: (visitor) => page(visitor.params['letterId']),
});
