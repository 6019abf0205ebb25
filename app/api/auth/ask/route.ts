import { signInForm } from '../../../../lib/auth/schema.ts';
import { askToSignIn, signInClaim } from '../../../../lib/auth/sign-in.ts';
import { refusal, success } from '../../../../lib/shared/result.ts';
import { setCookie } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { SIGN_IN_RATE } from '../../../_request/rate-rules.ts';

// Longer than a link lives, so that one which has ended is told from one that was asked for elsewhere.
const BROWSER_SECONDS = 24 * 3_600;

const sayInTerminal = (link: string): void => void process.stderr.write(`Sign-in link: ${link}\n`);

export const POST = mutate({
  name: 'sign-in',
  schema: signInForm,
  limit: 4 * 1024,
  who: async () => success(await product()),
  rates: ({ input, visitor }) => [{ rule: SIGN_IN_RATE, subject: visitor.network }, signInClaim(visitor.network, input.email)],
  command: async ({ scope: running, input, visitor, now }) => {
    const browser = visitor.cookie('sign-in-browser');
    const asked = await askToSignIn(running, { email: input.email.asTyped, browser, t: visitor.t, onKept: sayInTerminal }, now);
    return asked.ok ? asked : refusal({ place: 'email', reason: 'not-an-address' });
  },
  done: ({ browser }, { input: { to = '/desk' } }) => {
    const kept = { secure: instance().secureCookies, maxAge: BROWSER_SECONDS };
    const back = Buffer.from(to).toString('base64url');
    return { to: '/sign-in/sent', cookies: [setCookie('sign-in-browser', browser, kept), setCookie('sign-in-to', back, kept)] };
  },
  form: () => '/sign-in',
});
