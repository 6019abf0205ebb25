import { LETTER_FORM_LIMIT, textForm } from '../../../../../../../../lib/letters/text-schema.ts';
import { typedTextDocument } from '../../../../../../../../lib/letters/typed-document.ts';
import { refusal, success } from '../../../../../../../../lib/shared/result.ts';
import { KEPT_OVER_SIGN_IN } from '../../../../../../../_request/form-drafts.ts';
import { askedAtText, textLanguage, textPath } from '../../../../../../../_request/letter-text.ts';
import { mutate } from '../../../../../../../_request/mutate.ts';
import { PDF_PREVIEW_RATE } from '../../../../../../../_request/rate-rules.ts';
import { pdfOf } from '../../../../../../../_request/typed-preview.ts';

/** Changes nothing: what is typed, as it would look. */
export const POST = mutate({
  name: 'letter',
  kept: KEPT_OVER_SIGN_IN,
  schema: textForm,
  limit: LETTER_FORM_LIMIT,
  who: (visitor) => askedAtText(visitor, 'draft'),
  rates: ({ scope: { who } }) => [{ rule: PDF_PREVIEW_RATE, subject: who.person.id }],
  command: async ({ scope: { running, scope }, input: { text }, visitor }) => {
    const document = await typedTextDocument(running, scope, textLanguage(visitor), text);
    return document ? success(document) : refusal('not-found');
  },
  done: (document, { visitor }) => pdfOf(document, visitor),
  form: textPath,
});
