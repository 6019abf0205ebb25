import { loadConfig } from '../../../../lib/config.ts';
import { parseToken } from '../../../../lib/crypto/tokens.ts';
import { LINK_MINUTES } from '../../../_request/form-drafts.ts';
import { land } from '../../../_request/link.ts';
import { OWN_PATH } from '../../../_request/own-page.ts';

/** The link in a receipt: into the cookie and on to the clean address. Whether it opens anything is for that page to say. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { secureCookies: secure } = loadConfig();
  const token = parseToken('own-page', (await params).token);
  return land({
    cookie: 'own-page',
    token: token.ok ? token.value : '',
    to: OWN_PATH,
    secure,
    maxAge: token.ok ? LINK_MINUTES * 60 : 0,
  });
}
