import { letterFile, pdfBody } from '../../../../../_request/letter-file.ts';

export const GET = letterFile({
  format: 'pdf',
  mediaType: 'application/pdf',
  body: pdfBody,
});
