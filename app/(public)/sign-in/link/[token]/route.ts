import { instance } from '../../../../_request/instance.ts';
import { land } from '../../../../_request/link.ts';

const LANDED_SECONDS = 600;

/** A link out of a mail: the page behind it has the button. Opening it, by whomever, uses nothing up. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { token } = await params;
  const known = /^[\w-]{1,80}$/.test(token) ? token : 'malformed';
  return land({ cookie: 'sign-in', token: known, to: '/sign-in/confirm', secure: instance().secureCookies, maxAge: LANDED_SECONDS });
}
