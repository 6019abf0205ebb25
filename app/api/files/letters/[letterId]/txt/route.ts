import { renderText } from '../../../../../../lib/plain/text.ts';
import { letterFile, textStream } from '../../../../../_request/letter-file.ts';

export const GET = letterFile({
  format: 'txt',
  mediaType: 'text/plain; charset=utf-8',
  body: async ({ document }) => textStream(renderText(document)),
});
