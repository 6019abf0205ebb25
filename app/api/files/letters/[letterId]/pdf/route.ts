import { letterFile } from '../../../../../_request/letter-file.ts';
import { letterPdf } from '../../../../../_request/pdf-stream.ts';

export const GET = letterFile({
  format: 'pdf',
  mediaType: 'application/pdf',
  body: async (stored, { letterId, signal }) => letterPdf(stored, letterId, signal),
});
