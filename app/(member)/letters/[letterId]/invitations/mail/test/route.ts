import { z } from 'zod';
import { LOCALES } from '../../../../../../../lib/i18n/locales.ts';
import { translator } from '../../../../../../../lib/i18n/translator.ts';
import { sendTestMail } from '../../../../../../../lib/invitations/test-mail.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { TEST_MAIL_RATE, wordingPath } from '../../paths.ts';

/** The invitation as it was saved last, to the address of whoever presses the button. */
export const POST = mutate({
  name: 'test-mail',
  schema: z.object({ language: z.enum(LOCALES) }),
  limit: 1_000,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  rates: ({ scope }) => [{ rule: TEST_MAIL_RATE, subject: scope.scope.memberId }],
  command: ({ scope: { running, scope, who }, input: { language }, now }) => {
    const organisation = translator(language)('invitations.preview.organisation');
    return sendTestMail(running, scope, who.person, { capacity: 'organisation', organisation, language }, now);
  },
  done: ({ address }, { scope: { scope } }) => ({
    to: wordingPath(scope.letterId),
    notice: { key: 'invitations.mail.tested', values: { address } },
  }),
  form: ({ params }) => wordingPath(params['letterId'] ?? ''),
});
