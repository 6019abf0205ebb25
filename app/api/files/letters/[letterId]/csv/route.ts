import { renderCsv } from '../../../../../../lib/plain/csv.ts';
import { listedRecords } from '../../../../../../lib/signatures/records.ts';
import { letterFile, textStream } from '../../../../../_request/letter-file.ts';
import { product } from '../../../../../_request/product.ts';

export const GET = letterFile({
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  inLanguages: false,
  body: async ({ document }, { letterId }) => {
    // Names that are hidden or withdrawn are in no section, and so in no table.
    const source = document.sections.length > 0 ? await listedRecords(await product(), { letterId, edition: 'public' }) : () => [];
    return textStream(renderCsv({ source, edition: 'public' }));
  },
});
