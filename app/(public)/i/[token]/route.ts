import { loadConfig } from '../../../../lib/config.ts';
import { parseToken } from '../../../../lib/crypto/tokens.ts';
import { land } from '../../../_request/link.ts';
import { INVITATION_PATH } from '../gate.ts';

/** A board may read for a while; a shared computer should not keep the way in for ever. */
const OPEN_SECONDS = 4 * 3_600;

/** A personal link: into the cookie and on to the clean address. Whether it opens anything is for that page to say. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { secureCookies: secure } = loadConfig();
  const token = parseToken('invitation', (await params).token);
  return land({
    cookie: 'invitation',
    token: token.ok ? token.value : '',
    to: INVITATION_PATH,
    secure,
    maxAge: token.ok ? OPEN_SECONDS : 0,
  });
}
