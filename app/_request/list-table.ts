import { letterFileName } from '../../lib/letters/file-name.ts';
import type { LetterView } from '../../lib/letters/views.ts';
import { contentDisposition } from './content-disposition.ts';
import { textStream } from './letter-file.ts';

/** A table of a letter's entries, to be saved. The one with addresses never bears the name of the other. */
export function listTable({ letter, headline }: LetterView, kind: 'list' | 'addresses', rows: AsyncGenerator<string>): Response {
  const name = letterFileName({ headline, status: letter.status, language: null }, `${kind}.csv`);
  return new Response(textStream(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': contentDisposition('attachment', name),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      'content-security-policy': "sandbox; default-src 'none'",
    },
  });
}
