import { SESSION_HOURS } from '../../../../lib/auth/session.ts';
import { setUpForm } from '../../../../lib/coalitions/schema.ts';
import { foundCoalition } from '../../../../lib/coalitions/set-up.ts';
import { success } from '../../../../lib/shared/result.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { clearCookie, setCookie } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { FOUNDING_RATE } from '../../../_request/rate-rules.ts';

export const POST = mutate({
  name: 'set-up',
  schema: setUpForm,
  limit: TYPED_FORM_LIMIT,
  // The link is the right; it is redeemed in the command's own transaction.
  who: async () => success({ running: await product() }),
  rates: ({ visitor }) => [{ rule: FOUNDING_RATE, subject: visitor.network }],
  command: ({ scope, input, visitor, now }) =>
    foundCoalition(
      scope.running,
      { token: visitor.cookie('set-up') ?? '', coalitionName: input.coalition, name: input.name, email: input.email },
      now,
    ),
  done: ({ coalitionId, session }) => {
    const secure = instance().secureCookies;
    return {
      to: `/coalitions/${coalitionId}`,
      cookies: [setCookie('session', session, { secure, maxAge: SESSION_HOURS * 3_600 }), clearCookie('set-up', secure)],
    };
  },
  form: () => '/set-up',
});
