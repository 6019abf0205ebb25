import { heldData } from '../../../../lib/signatures/held-data.ts';
import { type Answer, answerRefused } from '../../../_request/answer.ts';
import { instance } from '../../../_request/instance.ts';
import { product } from '../../../_request/product.ts';
import { ANSWER_HEADERS } from '../../../_request/refusal-page.ts';
import { visitorOf } from '../../../_request/visitor.ts';
import { doorOf, ownGate, pageBehind } from '../door.ts';

/** Everything held about whoever signed, as one file. */
export async function GET(request: Request): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, {}, host);
  const answer: Answer = { host, visitor, json: false, form: { form: 'file', path: pageBehind(doorOf(visitor)) } };
  try {
    const gate = await ownGate(visitor);
    if (!gate.ok) return answerRefused(answer, gate.reason);
    const data = await heldData(await product(), gate.value, visitor.now);
    if (!data) return answerRefused(answer, 'not-found');
    return new Response(request.method === 'HEAD' ? null : `${JSON.stringify(data, null, 2)}\n`, {
      headers: {
        ...ANSWER_HEADERS,
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="held-about-you.json"',
      },
    });
  } catch (error) {
    host.report('data held about a signatory', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
