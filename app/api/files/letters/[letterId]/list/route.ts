import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { listFile } from '../../../../../../lib/signatures/list-file.ts';
import { readListFilter } from '../../../../../../lib/signatures/list-filter.ts';
import { type Answer, answerRefused, wantsJson } from '../../../../../_request/answer.ts';
import { instance } from '../../../../../_request/instance.ts';
import type { LetterFileContext } from '../../../../../_request/letter-file.ts';
import { listTable } from '../../../../../_request/list-table.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { visitorOf } from '../../../../../_request/visitor.ts';

/** The entries of a letter as members read them, in a table without addresses. */
export async function GET(request: Request, context: LetterFileContext): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, await context.params, host);
  const answer: Answer = { host, visitor, json: wantsJson(request.headers), form: { form: 'file', path: '/desk' } };
  try {
    const asked = await askedAtLetter(visitor, 'read');
    if (!asked.ok) return answerRefused(answer, asked.reason);
    const { running, scope } = asked.value;
    const { state } = readListFilter({ state: visitor.search.get('state') ?? '' });
    const view = await viewLetter(running, scope, visitor.now);
    const rows = view && (await listFile(running, scope, state));
    return view && rows ? listTable(view, 'list', rows) : answerRefused(answer, 'not-found');
  } catch (error) {
    host.report('file list', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
