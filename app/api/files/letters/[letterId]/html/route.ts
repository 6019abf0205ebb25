import { renderHtml } from '../../../../../../lib/html/page.ts';
import { letterFile, textStream } from '../../../../../_request/letter-file.ts';

export const GET = letterFile({
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  body: async ({ document }) => textStream(renderHtml(document)),
});
