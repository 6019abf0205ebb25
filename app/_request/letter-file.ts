import type { Edition } from '../../lib/document/model.ts';
import { type StoredLetter, storedLetter } from '../../lib/letters/document.ts';
import { countPublications, hasAddresseeEdition } from '../../lib/letters/editions.ts';
import { letterFileName } from '../../lib/letters/file-name.ts';
import { viewLetter } from '../../lib/letters/views.ts';
import { type Answer, answerRefused, wantsJson } from './answer.ts';
import { contentDisposition } from './content-disposition.ts';
import { instance } from './instance.ts';
import { extentOf, letterPdf, pdfSettingOf } from './letter-pdf.ts';
import { askedAtLetter } from './member.ts';
import { PdfBusy } from './pdf-stream.ts';
import { waitingAddress } from './pdf-waiting.ts';
import { SHOWN_FILE_POLICY } from './shown-policy.ts';
import { type Visitor, visitorOf } from './visitor.ts';

export interface LetterFileContext {
  readonly params: Promise<{ readonly letterId: string }>;
}

export interface LetterFile {
  readonly format: string;
  readonly mediaType: string;
  /** False for a table, which has no language. */
  readonly inLanguages?: boolean;
  /** The addressee's is for those who may deliver it, and there only where an entry is for the addressee alone. */
  readonly edition?: Edition;
  /** The bytes as a stream; a file of a million names never stands in memory whole. */
  readonly body: (
    stored: StoredLetter,
    at: { readonly letterId: string; readonly signal: AbortSignal; readonly search: URLSearchParams },
  ) => Promise<ReadableStream<Uint8Array>>;
}

/** A GET door that hands out one kind of file of a letter to the members of its coalition. It changes nothing. */
export function letterFile({ format, mediaType, inLanguages = true, edition = 'public', body }: LetterFile) {
  return async (request: Request, context: LetterFileContext): Promise<Response> => {
    const host = instance();
    const visitor: Visitor = visitorOf(request, await context.params, host);
    const answer: Answer = { host, visitor, json: wantsJson(request.headers), form: { form: 'file', path: '/desk' } };
    try {
      const asked = await askedAtLetter(visitor, edition === 'addressee' ? 'run' : 'read');
      if (!asked.ok) return answerRefused(answer, asked.reason);
      const { running, scope } = asked.value;
      const stored = await storedLetter(running, scope.letterId, {
        edition,
        now: visitor.now,
        language: inLanguages ? visitor.search.get('language') : null,
        extent: extentOf(visitor.search),
      });
      const view = await viewLetter(running, scope, visitor.now);
      if (!stored || !view) return answerRefused(answer, 'not-found');
      if (edition === 'addressee' && !hasAddresseeEdition(view.letter, await countPublications(running, view.letter))) {
        return answerRefused(answer, 'not-found');
      }
      const { document, language } = stored;
      const headline = document.texts[0]?.headline ?? '';
      const { search } = visitor;
      const extent = extentOf(search);
      if (extent === 'addenda' && document.sections.length === 0) return answerRefused(answer, 'not-found');
      const pdf = format === 'pdf' ? pdfOf(stored, scope.letterId, search) : null;
      const waiting = pdf && waitingAddress(request, pdf, `/letters/${scope.letterId}/pdf`);
      if (waiting !== null) return answerRefused(answer, { to: waiting });
      const alone = pdf?.setting.blockOnly === true ? { part: 'signatories' as const } : {};
      const part = extent === 'whole' ? alone : { part: extent === 'delivered' ? ('as-delivered' as const) : ('addendum' as const) };
      const name = letterFileName({ headline, status: view.letter.status, language, edition, ...part }, format);
      const shown = search.get('show') === '1';
      return new Response(
        request.method === 'HEAD' ? null : await body(stored, { letterId: scope.letterId, signal: request.signal, search }),
        {
          headers: {
            'content-type': mediaType,
            'content-disposition': contentDisposition(shown ? 'inline' : 'attachment', name),
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
            'x-robots-tag': 'noindex',
            // A file that is saved runs nothing.
            'content-security-policy': shown ? SHOWN_FILE_POLICY : "sandbox; default-src 'none'",
          },
        },
      );
    } catch (error) {
      if (error instanceof PdfBusy) return answerRefused(answer, 'busy');
      host.report(`file ${format}`, error);
      return answerRefused(answer, 500, 'failure.text');
    }
  };
}

/** The PDF of a letter, as its address asks for it. */
export const pdfOf = (stored: StoredLetter, letterId: string, search: URLSearchParams) => ({
  ...stored,
  letterId,
  desk: true as const,
  extent: extentOf(search),
  setting: pdfSettingOf(search, stored.document),
});

export const pdfBody: LetterFile['body'] = async (stored, { letterId, signal, search }) =>
  letterPdf(pdfOf(stored, letterId, search), signal);

/** Chunks of text as bytes, made only as fast as they are taken. */
export function textStream(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
