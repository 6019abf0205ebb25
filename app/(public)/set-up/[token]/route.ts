import { parseToken } from '../../../../lib/crypto/tokens.ts';
import { instance } from '../../../_request/instance.ts';
import { land, landStanding } from '../../../_request/link.ts';
import { visitorOf } from '../../../_request/visitor.ts';

const LANDED_SECONDS = 4 * 3_600;

/**
 * The link that the first start prints. A browser that navigates here is sent on to the clean address of the form. Whatever else asks
 * is answered 200: scripts that wait for the page of the printed link, and browsers that do not say that they navigate, which get a
 * link to the form. Whether the token opens anything is for that page to say.
 */
export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const host = instance();
  const read = parseToken('set-up', (await params).token);
  const landing = {
    cookie: 'set-up',
    token: read.ok ? read.value : '',
    to: '/set-up',
    secure: host.secureCookies,
    maxAge: read.ok ? LANDED_SECONDS : 0,
  } as const;
  if (request.headers.get('sec-fetch-mode') === 'navigate') return land(landing);
  const { t } = visitorOf(request, {}, host);
  return landStanding(landing, t, { title: 'set-up.title', text: 'set-up.landed', button: 'set-up.landed.button' });
}
