import { storedLetter } from '../../../../lib/letters/document.ts';
import { letterFileName } from '../../../../lib/letters/file-name.ts';
import { viewOwnPage } from '../../../../lib/signatures/own-view.ts';
import { type Answer, answerRefused } from '../../../_request/answer.ts';
import { contentDisposition } from '../../../_request/content-disposition.ts';
import { instance } from '../../../_request/instance.ts';
import { letterPdf } from '../../../_request/letter-pdf.ts';
import { PdfBusy } from '../../../_request/pdf-stream.ts';
import { product } from '../../../_request/product.ts';
import { visitorOf } from '../../../_request/visitor.ts';
import { doorOf, ownGate, pageBehind } from '../door.ts';

/** The final document, for whoever stands in it: once the letter has been delivered, whatever its release. */
export async function GET(request: Request): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, {}, host);
  const answer: Answer = { host, visitor, json: false, form: { form: 'file', path: pageBehind(doorOf(visitor)) } };
  try {
    const gate = await ownGate(visitor);
    if (!gate.ok) return answerRefused(answer, gate.reason);
    const running = await product();
    const page = await viewOwnPage(running, gate.value, visitor.now);
    if (!page?.final) return answerRefused(answer, 'not-found');
    const stored = await storedLetter(running, gate.value.letterId, { edition: 'public', now: visitor.now });
    if (!stored) return answerRefused(answer, 'not-found');
    const { headline } = page.letter.text;
    return new Response(request.method === 'HEAD' ? null : letterPdf({ ...stored, letterId: gate.value.letterId }, request.signal), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': contentDisposition('attachment', letterFileName({ headline, status: 'delivered', language: null }, 'pdf')),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'content-security-policy': "sandbox; default-src 'none'",
      },
    });
  } catch (error) {
    if (error instanceof PdfBusy) return answerRefused(answer, 'busy');
    host.report('final document for a signatory', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
