import { refusal } from '../../../../lib/shared/result.ts';
import { disownSigning } from '../../../../lib/signatures/disown.ts';
import { clearCookie } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { CONFIRM_PATH, confirmationGate, ofSigning, pressRate } from '../gate.ts';

/** "It was not me": what waits for this address is deleted. */
export const POST = mutate({
  name: 'disown',
  schema: ofSigning,
  limit: 1_000,
  who: confirmationGate,
  rates: ({ scope }) => [pressRate('disown', scope)],
  command: async ({ scope, input, now }) =>
    input.signing === scope.signingId ? disownSigning(await product(), scope, now) : refusal('other-signing'),
  done: () => ({
    to: CONFIRM_PATH,
    notice: { key: 'signing.confirm.disowned' },
    cookies: [clearCookie('confirmation', instance().secureCookies)],
  }),
  form: () => CONFIRM_PATH,
});
