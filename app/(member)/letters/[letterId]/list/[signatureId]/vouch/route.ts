import { vouchForSigning, vouchSigningForm } from '../../../../../../../lib/signatures/proof.ts';
import { TYPED_FORM_LIMIT } from '../../../../../../_request/body.ts';
import { askedAtSignature } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { entryPath } from '../../paths.ts';

/** Vouches for what was signed by a link that went from hand to hand. */
export const POST = mutate({
  name: 'vouch-entry',
  schema: vouchSigningForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtSignature(visitor, 'run'),
  command: ({ scope: { running, scope }, input, visitor, now }) =>
    vouchForSigning(running, scope, { id: visitor.params['signatureId'] ?? '', ...input }, now),
  done: ({ status }, { scope: { scope }, visitor }) => ({
    to: entryPath(scope.letterId, visitor.params['signatureId'] ?? ''),
    notice: { key: status === 'listed' ? 'list.done.vouched' : 'list.done.vouched-held' },
  }),
  form: ({ params }) => entryPath(params['letterId'] ?? '', params['signatureId'] ?? ''),
});
