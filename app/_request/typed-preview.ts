import type { LetterDocument } from '../../lib/document/model.ts';
import { type HtmlOptions, renderHtml } from '../../lib/html/page.ts';
import type { BlockPreview } from '../../lib/letters/block-preview.ts';
import { textStream } from './letter-file.ts';
import { PdfBusy, pdfStream } from './pdf-stream.ts';
import { ANSWER_HEADERS, refusalPage } from './refusal-page.ts';
import { PREVIEW_POLICY, SHOWN_FILE_POLICY } from './shown-policy.ts';
import type { Visitor } from './visitor.ts';

/** Answers a POST with the page of what was typed. Nothing is stored; shown alone, it runs nothing and fetches nothing. */
export const pageOf = (document: LetterDocument): Response => htmlOf(document, { blockOnly: false });

/** The same of its signatory block alone, with what it leaves out. */
export const blockPageOf = ({ document, shown, sorted }: BlockPreview, { t }: Visitor): Response =>
  htmlOf(document, {
    blockOnly: true,
    notes: [
      ...(shown === null ? [] : [t('letters.block.shown', { shown })]),
      ...(sorted === null ? [] : [t('letters.block.sorted', { sorted })]),
    ],
  });

const htmlOf = (document: LetterDocument, options: HtmlOptions): Response =>
  new Response(textStream(renderHtml(document, options)), {
    headers: {
      ...ANSWER_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PREVIEW_POLICY,
    },
  });

/** The same as PDF. */
export function pdfOf(document: LetterDocument, { t }: Visitor): Response {
  try {
    // Whoever goes away closes the stream, and that ends the thread.
    return new Response(pdfStream(document, new AbortController().signal), {
      headers: {
        ...ANSWER_HEADERS,
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="preview.pdf"',
        'content-security-policy': SHOWN_FILE_POLICY,
      },
    });
  } catch (error) {
    if (error instanceof PdfBusy) return refusalPage(t, 503, 'refused.busy');
    throw error;
  }
}
