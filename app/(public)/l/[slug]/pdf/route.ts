import { storedLetter } from '../../../../../lib/letters/document.ts';
import { letterFileName } from '../../../../../lib/letters/file-name.ts';
import { findPublicLetter } from '../../../../../lib/letters/public-page.ts';
import { type Answer, answerRefused } from '../../../../_request/answer.ts';
import { contentDisposition } from '../../../../_request/content-disposition.ts';
import { instance } from '../../../../_request/instance.ts';
import { letterPdf } from '../../../../_request/letter-pdf.ts';
import { PdfBusy } from '../../../../_request/pdf-stream.ts';
import { waitingAddress } from '../../../../_request/pdf-waiting.ts';
import { product } from '../../../../_request/product.ts';
import { visitorOf } from '../../../../_request/visitor.ts';

/** The public edition of a letter that everybody may read. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly slug: string }> }): Promise<Response> {
  const host = instance();
  const { slug } = await params;
  const visitor = visitorOf(request, { slug }, host);
  const answer: Answer = { host, visitor, json: false, form: { form: 'file', path: '/' } };
  try {
    const running = await product();
    const letter = await findPublicLetter(running, slug, visitor.now);
    if (!letter || letter.status === 'withdrawn') return answerRefused(answer, 'not-found');
    const language = visitor.search.get('language');
    const stored = await storedLetter(running, letter.id, { edition: 'public', now: visitor.now, language });
    if (!stored) return answerRefused(answer, 'not-found');
    const pdf = { ...stored, letterId: letter.id };
    const waiting = waitingAddress(request, pdf, `/l/${slug}/pdf/wait`);
    if (waiting !== null) return answerRefused(answer, { to: waiting });
    const headline = stored.document.texts[0]?.headline ?? '';
    return new Response(request.method === 'HEAD' ? null : letterPdf(pdf, request.signal), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': contentDisposition(
          'attachment',
          letterFileName({ headline, status: letter.status, language: stored.language }, 'pdf'),
        ),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      },
    });
  } catch (error) {
    if (error instanceof PdfBusy) return answerRefused(answer, 'busy');
    host.report('file of a public letter', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
