import { letterForm } from '../../../../../../../../lib/letters/schema.ts';
import { LETTER_FORM_LIMIT } from '../../../../../../../../lib/letters/text-schema.ts';
import { typedLetterDocument } from '../../../../../../../../lib/letters/typed-document.ts';
import { success } from '../../../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../../_request/form-drafts.ts';
import { askedInCoalition } from '../../../../../../../_request/member.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { PDF_PREVIEW_RATE } from '../../../../../../../_request/rate-rules.ts';
import { pdfOf } from '../../../../../../../_request/typed-preview.ts';

/** Changes nothing: what is typed, as it would look. */
export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: letterForm,
  limit: LETTER_FORM_LIMIT,
  who: (visitor) => askedInCoalition(visitor, 'draft'),
  rates: ({ scope: { who } }) => [{ rule: PDF_PREVIEW_RATE, subject: who.person.id }],
  command: async ({ scope: { running, scope }, input }) => success(await typedLetterDocument(running, scope, input)),
  done: (document, { visitor }) => pdfOf(document, visitor),
  form: ({ params }) => `/coalitions/${params['coalitionId'] ?? ''}/letters/new`,
});
