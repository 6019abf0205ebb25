import { signInForm } from '../../../../lib/auth/schema.ts';
import { askOverLimit, askToSignIn, signInClaim } from '../../../../lib/auth/sign-in.ts';
import { refusal, success } from '../../../../lib/shared/result.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { SIGN_IN_RATE } from '../../../_request/rate-rules.ts';
import { goneToMailbox, sayInTerminal } from '../../../_request/sign-in-asked.ts';

export const POST = mutate({
  name: 'sign-in',
  schema: signInForm,
  limit: TYPED_FORM_LIMIT,
  who: async () => success(await product()),
  rates: ({ input, visitor }) => [{ rule: SIGN_IN_RATE, subject: visitor.network }, signInClaim(visitor.network, input.email)],
  overLimit: async ({ scope: running, input, visitor, now }, { rule }) =>
    rule === SIGN_IN_RATE ? null : askOverLimit(running, { email: input.email, browser: visitor.cookie('sign-in-browser') }, now),
  command: async ({ scope: running, input, visitor, now }) => {
    const browser = visitor.cookie('sign-in-browser');
    const asked = await askToSignIn(running, { email: input.email.asTyped, browser, t: visitor.t, onKept: sayInTerminal }, now);
    return asked.ok ? asked : refusal({ place: 'email', reason: 'not-an-address' });
  },
  done: ({ browser }, { input: { to = '/desk' } }) => goneToMailbox(browser, to),
  form: () => '/sign-in',
});
