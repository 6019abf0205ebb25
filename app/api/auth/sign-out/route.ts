import { emptyForm } from '../../../../lib/auth/schema.ts';
import { signOut } from '../../../../lib/auth/sign-in.ts';
import { success } from '../../../../lib/shared/result.ts';
import { clearCookie, longFormCookies } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { mutate } from '../../../_request/mutate.ts';
import { product } from '../../../_request/product.ts';

export const POST = mutate({
  name: 'sign-out',
  schema: emptyForm,
  limit: 1024,
  // Whoever sends a cookie ends what it opens, which may be nothing any more.
  who: async () => success({ running: await product() }),
  command: async ({ scope, visitor }) => {
    await signOut(scope.running, visitor.cookie('session'));
    return success(null);
  },
  done: (_, { visitor }) => {
    const secure = instance().secureCookies;
    return {
      to: '/sign-in',
      notice: { key: 'sign-in.signed-out' },
      // What was typed here is not for whoever comes next.
      cookies: [
        clearCookie('session', secure),
        ...longFormCookies(visitor.headers.get('cookie'), secure).map((name) => clearCookie(name, secure)),
      ],
    };
  },
  form: () => '/desk',
});
