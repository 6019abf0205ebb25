import { SESSION_HOURS } from '../../../../lib/auth/session.ts';
import { joinCoalition } from '../../../../lib/coalitions/invite.ts';
import { joinForm } from '../../../../lib/coalitions/schema.ts';
import { success } from '../../../../lib/shared/result.ts';
import { clearCookie, setCookie } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { FOUNDING_RATE } from '../../../_request/rate-rules.ts';

export const POST = mutate({
  name: 'join',
  schema: joinForm,
  limit: 4 * 1024,
  // The link is the right; it is redeemed in the command's own transaction.
  who: async () => success({ running: await product() }),
  rates: ({ visitor }) => [{ rule: FOUNDING_RATE, subject: visitor.network }],
  command: ({ scope, input, visitor, now }) => joinCoalition(scope.running, { token: visitor.cookie('join') ?? '', name: input.name }, now),
  done: ({ session }) => {
    const secure = instance().secureCookies;
    return {
      to: '/desk',
      cookies: [setCookie('session', session, { secure, maxAge: SESSION_HOURS * 3_600 }), clearCookie('join', secure)],
    };
  },
  form: () => '/join',
});
