import { findPublicLetter } from '../../../../../../../lib/letters/public-page.ts';
import { refusal, success } from '../../../../../../../lib/shared/result.ts';
import { leavePdf, placeOf } from '../../../../../../_request/letter-pdf.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { askedPath, pdfPlaceForm, readPdfAsked } from '../../../../../../_request/pdf-waiting.ts';
import { product } from '../../../../../../_request/product.ts';
import type { Visitor } from '../../../../../../_request/visitor.ts';
import { publicPath } from '../../../paths.ts';

const pageOf = ({ params, search }: Visitor, more = {}) =>
  askedPath(`${publicPath(encodeURIComponent(params['slug'] ?? ''))}/pdf/wait`, readPdfAsked(Object.fromEntries(search)), more);

/** Waits no more for the PDF of a letter that everybody may read. */
export const POST = mutate({
  name: 'pdf',
  schema: pdfPlaceForm,
  limit: 1024,
  who: async ({ params, now }) => {
    const letter = await findPublicLetter(await product(), params['slug'] ?? '', now);
    return letter ? success({ letterId: letter.id }) : refusal('not-found');
  },
  command: async ({ scope: { letterId }, input }) => {
    leavePdf(placeOf(letterId, 'public', input.place));
    return success(null);
  },
  done: (_, { visitor }) => pageOf(visitor, { cancelled: '1' }),
  form: (visitor) => pageOf(visitor),
});
