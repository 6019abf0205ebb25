import { viewBoardLetter } from '../../../../../lib/invitations/board-letter.ts';
import { letterFileName } from '../../../../../lib/letters/file-name.ts';
import { type Answer, answerRefused } from '../../../../_request/answer.ts';
import { contentDisposition } from '../../../../_request/content-disposition.ts';
import { instance } from '../../../../_request/instance.ts';
import { letterPdf } from '../../../../_request/letter-pdf.ts';
import { PdfBusy } from '../../../../_request/pdf-stream.ts';
import { product } from '../../../../_request/product.ts';
import { visitorOf } from '../../../../_request/visitor.ts';
import { INVITATION_PATH, invitationGate } from '../../gate.ts';

/** The letter as a board gets it on paper: text, deadline, fingerprint and how to answer; no name, and no link. */
export async function GET(request: Request): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, {}, host);
  const answer: Answer = { host, visitor, json: false, form: { form: 'file', path: INVITATION_PATH } };
  try {
    const gate = await invitationGate(visitor);
    if (!gate.ok) return answerRefused(answer, gate.reason);
    const board = await viewBoardLetter(await product(), gate.value, visitor.search.get('text'), visitor.now);
    if (!board) return answerRefused(answer, 'not-found');
    const { document, text, languages } = board;
    const name = letterFileName(
      { headline: text.headline, status: 'open', language: languages.length > 1 ? text.language : null, copy: 'board' },
      'pdf',
    );
    const pdf = { document, state: '', letterId: gate.value.letterId, copy: 'board' } as const;
    return new Response(request.method === 'HEAD' ? null : letterPdf(pdf, request.signal), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': contentDisposition('attachment', name),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'content-security-policy': "sandbox; default-src 'none'",
      },
    });
  } catch (error) {
    if (error instanceof PdfBusy) return answerRefused(answer, 'busy');
    host.report('letter for a board', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
