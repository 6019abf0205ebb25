import { findListNews, type ListNews } from '../../../../../../lib/signatures/list-news.ts';
import { type Answer, answerRefused, wantsJson } from '../../../../../_request/answer.ts';
import { instance } from '../../../../../_request/instance.ts';
import type { LetterFileContext } from '../../../../../_request/letter-file.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { ANSWER_HEADERS } from '../../../../../_request/refusal-page.ts';
import { type Visitor, visitorOf } from '../../../../../_request/visitor.ts';

/** What an open page of the list is told, in its reader's words: nothing where nothing has come since `seen`. */
export async function GET(request: Request, context: LetterFileContext): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, await context.params, host);
  const answer: Answer = { host, visitor, json: wantsJson(request.headers), form: { form: 'file', path: '/desk' } };
  try {
    const asked = await askedAtLetter(visitor, 'read', 'page');
    if (!asked.ok) return answerRefused(answer, asked.reason);
    const { running, scope } = asked.value;
    const news = await findListNews(running, scope, visitor.search.get('seen') ?? '');
    if (!news) return answerRefused(answer, 'not-found');
    const headers = { ...ANSWER_HEADERS, 'content-type': 'application/json; charset=utf-8' };
    return new Response(JSON.stringify({ sentence: sentenceOf(visitor, news) }), { headers });
  } catch (error) {
    host.report('list news', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}

function sentenceOf({ t }: Visitor, { newer, changed }: ListNews): string {
  if (newer > 0) return t('list.news.newer', { entries: newer });
  return changed ? t('list.news.changed') : '';
}
