import { refusal } from '../../../../lib/shared/result.ts';
import { confirmSigning } from '../../../../lib/signatures/confirm.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { OWN_PATH, ownPageCookie } from '../../../_request/own-page.ts';
import { product } from '../../../_request/product.ts';
import { CONFIRM_PATH, confirmationGate, ofSigning, pressRate } from '../gate.ts';

/** The button that signs. Pressed again it leads to the own page, and changes nothing. */
export const POST = mutate({
  name: 'confirm',
  schema: ofSigning,
  limit: 1_000,
  who: confirmationGate,
  rates: ({ scope }) => [pressRate('confirm', scope)],
  command: async ({ scope, input, now }) =>
    input.signing === scope.signingId ? confirmSigning(await product(), scope, now) : refusal('other-signing'),
  done: ({ ownPage, repeated }) => ({
    to: OWN_PATH,
    ...(repeated ? {} : { notice: { key: 'signing.confirm.done' as const } }),
    cookies: [ownPageCookie(ownPage, instance().secureCookies)],
  }),
  form: () => CONFIRM_PATH,
});
