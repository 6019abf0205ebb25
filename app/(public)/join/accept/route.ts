import { findSignedIn, SESSION_HOURS } from '../../../../lib/auth/session.ts';
import { joinCoalition } from '../../../../lib/coalitions/invite.ts';
import { joinForm } from '../../../../lib/coalitions/schema.ts';
import { success } from '../../../../lib/shared/result.ts';
import { TYPED_FORM_LIMIT } from '../../../_request/body.ts';
import { clearCookie, setCookie } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';
import { FOUNDING_RATE } from '../../../_request/rate-rules.ts';

export const POST = mutate({
  name: 'join',
  schema: joinForm,
  limit: TYPED_FORM_LIMIT,
  // The link is the right; it is redeemed in the command's own transaction.
  who: async (visitor) => {
    const running = await product();
    return success({ running, who: await findSignedIn(running, visitor.cookie('session'), visitor.now) });
  },
  rates: ({ visitor }) => [{ rule: FOUNDING_RATE, subject: visitor.network }],
  command: ({ scope: { running, who }, input, visitor, now }) =>
    joinCoalition(running, { token: visitor.cookie('join') ?? '', ...input, who }, now),
  done: ({ coalitionId, entry }) => {
    const secure = instance().secureCookies;
    const cookies = [clearCookie('join', secure)];
    if (entry.kind === 'sign-in') return { to: '/sign-in', notice: { key: 'members.join.sign-in' }, cookies };
    if (entry.kind === 'session') cookies.push(setCookie('session', entry.session, { secure, maxAge: SESSION_HOURS * 3_600 }));
    return { to: `/coalitions/${coalitionId}`, cookies };
  },
  form: () => '/join',
});
