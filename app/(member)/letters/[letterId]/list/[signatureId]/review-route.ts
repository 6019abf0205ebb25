import { type ReviewAct, reasonForm, reviewEntry, seenForm } from '../../../../../../lib/signatures/review.ts';
import { TYPED_FORM_LIMIT } from '../../../../../_request/body.ts';
import { askedAtSignature } from '../../../../../_request/member.ts';
import { type Handler, mutate } from '../../../../../_request/mutate.ts';
import { entryPath } from '../paths.ts';

/** A button of one entry's page; holding and rejecting ask for a reason. */
export function reviewRoute(act: ReviewAct): Handler {
  return mutate({
    name: 'entry',
    schema:
      act === 'hold' || act === 'reject'
        ? reasonForm.transform(({ reason }) => ({ reason, seen: '' }))
        : seenForm.transform(({ seen }) => ({ reason: '', seen })),
    limit: TYPED_FORM_LIMIT,
    who: (visitor) => askedAtSignature(visitor, 'run'),
    command: ({ scope: { running, scope }, input: { reason, seen }, visitor, now }) =>
      reviewEntry(running, scope, { id: visitor.params['signatureId'] ?? '', act, reason, ...(act === 'approve' ? { seen } : {}) }, now),
    done: (_, { scope: { scope }, visitor }) => ({
      to: entryPath(scope.letterId, visitor.params['signatureId'] ?? ''),
      notice: { key: `list.done.${act}` },
    }),
    form: ({ params }) => entryPath(params['letterId'] ?? '', params['signatureId'] ?? ''),
  });
}
