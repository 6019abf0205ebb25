import { success } from '../../../../../../lib/shared/result.ts';
import { leavePdf, placeOf } from '../../../../../_request/letter-pdf.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { mutate } from '../../../../../_request/mutate.ts';
import { askedPath, pdfPlaceForm, readPdfAsked } from '../../../../../_request/pdf-waiting.ts';
import type { Visitor } from '../../../../../_request/visitor.ts';

const askedOf = ({ search }: Visitor) => readPdfAsked(Object.fromEntries(search));
const editionOf = (visitor: Visitor) => (askedOf(visitor).naming['edition'] === 'addressee' ? 'addressee' : 'public');
const pageOf = (visitor: Visitor, more = {}) => askedPath(`/letters/${visitor.params['letterId'] ?? ''}/pdf`, askedOf(visitor), more);

/** Waits no more for a PDF, by whoever may have it. */
export const POST = mutate({
  name: 'pdf',
  schema: pdfPlaceForm,
  limit: 1024,
  who: (visitor) => askedAtLetter(visitor, editionOf(visitor) === 'addressee' ? 'run' : 'read'),
  command: async ({ scope: { scope }, input, visitor }) => {
    leavePdf(placeOf(scope.letterId, editionOf(visitor), input.place));
    return success(null);
  },
  done: (_, { visitor }) => pageOf(visitor, { cancelled: '1' }),
  form: (visitor) => pageOf(visitor),
});
