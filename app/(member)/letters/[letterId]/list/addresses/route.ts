import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { refusal, success } from '../../../../../../lib/shared/result.ts';
import { exportAddresses, exportForm } from '../../../../../../lib/signatures/list-file.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../_request/form-drafts.ts';
import { listTable } from '../../../../../_request/list-table.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { listPath } from '../paths.ts';

/** Hands out the entries with addresses: a change, since the letter's log says who took them. */
export const POST = mutate({
  name: 'addresses',
  schema: exportForm,
  limit: 1_000,
  kept: KEPT_OVER_SIGN_IN,
  who: (visitor) => askedAtLetter(visitor, 'read-addresses'),
  command: async ({ scope: { running, scope, who }, input: { state }, now }) => {
    const view = await viewLetter(running, scope, now);
    const rows = view && (await exportAddresses(running, scope, { who, state }, now));
    if (!view || !rows) return refusal('not-found');
    return rows.ok ? success({ view, rows: rows.value }) : rows;
  },
  done: ({ view, rows }) => listTable(view, 'addresses', rows),
  form: ({ params }) => listPath(params['letterId'] ?? ''),
});
