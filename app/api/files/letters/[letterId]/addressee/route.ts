import { letterFile } from '../../../../../_request/letter-file.ts';
import { letterPdf, pdfSettingOf } from '../../../../../_request/pdf-stream.ts';

/** The copy for the addressee, as PDF: with the names that are for the addressee alone. */
export const GET = letterFile({
  format: 'pdf',
  mediaType: 'application/pdf',
  edition: 'addressee',
  body: async (stored, { letterId, signal, search }) => letterPdf(stored, letterId, signal, pdfSettingOf(search, stored.document)),
});
