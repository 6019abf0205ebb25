import { instance } from '../../../_request/instance.ts';
import { land } from '../../../_request/link.ts';

const LANDED_SECONDS = 1_800;

/** A member's invitation: the page behind it has the button. Opening it uses nothing up. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { token } = await params;
  const known = /^[\w-]{1,80}$/.test(token) ? token : 'malformed';
  return land({ cookie: 'join', token: known, to: '/join', secure: instance().secureCookies, maxAge: LANDED_SECONDS });
}
