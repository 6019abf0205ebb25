import { previewBlock } from '../../../../../../lib/letters/block-preview.ts';
import { BLOCK_FORM_LIMIT, blockForm } from '../../../../../../lib/letters/block-schema.ts';
import { refusal, success } from '../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../_request/form-drafts.ts';
import { askedAtBlock } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { PREVIEW_RATE } from '../../../../../_request/rate-rules.ts';
import { blockPageOf } from '../../../../../_request/typed-preview.ts';

/** Changes nothing: the list as it would print with the settings on the form. */
export const POST = mutate({
  name: 'block',
  kept: KEPT_OVER_SIGN_IN,
  schema: blockForm,
  limit: BLOCK_FORM_LIMIT,
  who: askedAtBlock,
  rates: ({ scope: { who } }) => [{ rule: PREVIEW_RATE, subject: who.person.id }],
  command: async ({ scope: { running, scope }, input: { block }, visitor }) => {
    const preview = await previewBlock(running, scope, block, visitor.search.get('language'));
    return preview ? success(preview) : refusal('not-found');
  },
  done: (preview, { visitor }) => blockPageOf(preview, visitor),
  form: (visitor) => `/letters/${visitor.params['letterId'] ?? ''}/block`,
});
