import { letterFile } from '../../../../../_request/letter-file.ts';
import { letterPdf, pdfSettingOf } from '../../../../../_request/pdf-stream.ts';

export const GET = letterFile({
  format: 'pdf',
  mediaType: 'application/pdf',
  body: async (stored, { letterId, signal, search }) => letterPdf(stored, letterId, signal, pdfSettingOf(search, stored.document)),
});
