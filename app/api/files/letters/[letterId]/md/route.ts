import { renderMarkdown } from '../../../../../../lib/plain/markdown.ts';
import { letterFile, textStream } from '../../../../../_request/letter-file.ts';

export const GET = letterFile({
  format: 'md',
  mediaType: 'text/markdown; charset=utf-8',
  body: async ({ document }) => textStream(renderMarkdown(document)),
});
