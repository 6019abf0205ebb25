import type { Fault } from '../../../../../../../../lib/shared/fault.ts';
import { refusal, success } from '../../../../../../../../lib/shared/result.ts';
import { acceptPasted, atMost, faultAt } from '../../../../../../../../lib/signatures/pasted-rows.ts';
import { vouchEntries } from '../../../../../../../../lib/signatures/vouch.ts';
import { vouchRowsForm } from '../../../../../../../../lib/signatures/vouch-schema.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../../_request/form-drafts.ts';
import { askedAtLetter } from '../../../../../../../_request/member.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { listPath, vouchRowsPath } from '../../../paths.ts';

/** Records the rows of a pasted table, all of them or none. */
export const POST = mutate({
  name: 'vouch-rows',
  schema: vouchRowsForm,
  limit: 1_000_000,
  kept: KEPT_OVER_SIGN_IN,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: async ({ scope: { running, scope }, input, now }) => {
    const pasted = acceptPasted(input);
    if (!pasted.ok) return refusal<readonly Fault[]>(pasted.reason);
    const { said, mark } = input;
    const done = await vouchEntries(running, scope, { rows: pasted.value.map(({ row }) => row), said, mark }, now);
    if (done.ok) return success(done.value);
    const { reason } = done;
    if (reason === 'future-date') return refusal<Fault>({ place: 'date', reason });
    if (typeof reason === 'string') return refusal(reason);
    const faults = reason.map(({ index, reason: why }) => {
      const { line = 0, row } = pasted.value[index] ?? {};
      return faultAt(line, '', { reason: why, who: (row?.capacity === 'organisation' ? row.organisation : row?.name) ?? '' });
    });
    return refusal<readonly Fault[]>(atMost(faults));
  },
  done: ({ count, status, waiting, left }, { scope: { scope } }) => ({
    to: `${listPath(scope.letterId)}?origin=vouched`,
    notice:
      waiting + left === 0
        ? { key: `list.vouch.done-rows.${status}`, values: { count } }
        : { key: 'list.vouch.done-rows.overtaken', values: { count, waiting, left } },
  }),
  form: ({ params }) => vouchRowsPath(params['letterId'] ?? ''),
});
