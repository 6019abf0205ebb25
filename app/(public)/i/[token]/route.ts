import { loadConfig } from '../../../../lib/config.ts';
import { parseToken } from '../../../../lib/crypto/tokens.ts';
import { LINK_MINUTES } from '../../../_request/form-drafts.ts';
import { land } from '../../../_request/link.ts';
import { INVITATION_PATH } from '../gate.ts';

/** A personal link: into the cookie and on to the clean address. Whether it opens anything is for that page to say. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { secureCookies: secure } = loadConfig();
  const token = parseToken('invitation', (await params).token);
  return land({
    cookie: 'invitation',
    token: token.ok ? token.value : '',
    to: INVITATION_PATH,
    secure,
    maxAge: token.ok ? LINK_MINUTES * 60 : 0,
  });
}
