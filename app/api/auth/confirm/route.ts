import { emptyForm, memberPath } from '../../../../lib/auth/schema.ts';
import { SESSION_HOURS } from '../../../../lib/auth/session.ts';
import { confirmSignIn } from '../../../../lib/auth/sign-in.ts';
import { success } from '../../../../lib/shared/result.ts';
import { clearCookie, setCookie } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { SIGN_IN_RATE } from '../../../_request/rate-rules.ts';

export const POST = mutate({
  name: 'sign-in-confirm',
  schema: emptyForm,
  limit: 1024,
  // The link and the browser's secret are the right; they are redeemed in the command's own transaction.
  who: async () => success({ running: await product() }),
  rates: ({ visitor }) => [{ rule: SIGN_IN_RATE, subject: visitor.network }],
  command: ({ scope, visitor, now }) => {
    const browser = visitor.cookie('sign-in-browser');
    return confirmSignIn(scope.running, { token: visitor.cookie('sign-in') ?? '', browser, previous: visitor.cookie('session') }, now);
  },
  done: (session, { visitor }) => {
    const secure = instance().secureCookies;
    const back = memberPath.safeParse(Buffer.from(visitor.cookie('sign-in-to') ?? '', 'base64url').toString());
    return {
      to: back.success ? back.data : '/desk',
      cookies: [
        setCookie('session', session, { secure, maxAge: SESSION_HOURS * 3_600 }),
        clearCookie('sign-in', secure),
        clearCookie('sign-in-browser', secure),
        clearCookie('sign-in-to', secure),
      ],
    };
  },
  form: () => '/sign-in/confirm',
});
