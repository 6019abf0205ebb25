import type { Fault } from '../../../../../../../lib/shared/fault.ts';
import { refusal, success } from '../../../../../../../lib/shared/result.ts';
import { vouchEntries } from '../../../../../../../lib/signatures/vouch.ts';
import { vouchForm } from '../../../../../../../lib/signatures/vouch-schema.ts';
import { TYPED_FORM_LIMIT } from '../../../../../../_request/body.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { vouchPath } from '../../paths.ts';

/** Records one yes that came by other means. */
export const POST = mutate({
  name: 'vouch',
  schema: vouchForm,
  limit: TYPED_FORM_LIMIT,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => {
    const done = await vouchEntries(running, scope, { rows: [input], said: input, mark: input.mark }, now);
    if (done.ok) return success(done.value);
    const { reason } = done;
    if (reason === 'future-date') return refusal<Fault>({ place: 'date', reason });
    if (typeof reason === 'string') return refusal(reason);
    return refusal<Fault>({ place: input.capacity === 'organisation' ? 'organisation' : 'name', reason: 'in-the-list' });
  },
  done: ({ status }, { scope: { scope }, input }) => ({
    to: vouchPath(scope.letterId),
    notice: { key: `list.vouch.done.${status}`, values: { who: input.capacity === 'organisation' ? input.organisation : input.name } },
  }),
  form: ({ params }) => vouchPath(params['letterId'] ?? ''),
});
