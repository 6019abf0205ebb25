import { letterFile, pdfBody } from '../../../../../_request/letter-file.ts';

/** The copy for the addressee, as PDF: with the names that are for the addressee alone. */
export const GET = letterFile({
  format: 'pdf',
  mediaType: 'application/pdf',
  edition: 'addressee',
  body: pdfBody,
});
