import { letterFile } from '../../../../../_request/letter-file.ts';
import { pdfStream } from '../../../../../_request/pdf-stream.ts';

export const GET = letterFile({
  format: 'pdf',
  mediaType: 'application/pdf',
  body: async (document, { signal }) => pdfStream(document, signal),
});
