import { saveWording, wordingForm } from '../../../../../../../lib/invitations/wording.ts';
import { askedAtLetter } from '../../../../../../_request/member.ts';
import { mutate } from '../../../../../../_request/mutate.ts';
import { wordingPath } from '../../paths.ts';

export const POST = mutate({
  name: 'wording',
  schema: wordingForm,
  limit: 32_000,
  who: (visitor) => askedAtLetter(visitor, 'run'),
  command: ({ scope: { running, scope }, input, now }) => saveWording(running, scope, input, now),
  done: (_, { scope: { scope } }) => ({ to: wordingPath(scope.letterId), notice: { key: 'invitations.mail.saved' } }),
  form: ({ params }) => wordingPath(params['letterId'] ?? ''),
});
