import { loadConfig } from '../../../../lib/config.ts';
import { parseToken } from '../../../../lib/crypto/tokens.ts';
import { LINK_MINUTES } from '../../../_request/form-drafts.ts';
import { land } from '../../../_request/link.ts';
import { CONFIRM_PATH } from '../gate.ts';

/** The link that asks whether it was they who signed: into the cookie and on to the clean address. It confirms nothing. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  const { secureCookies: secure } = loadConfig();
  const token = parseToken('confirmation', (await params).token);
  return land({
    cookie: 'confirmation',
    token: token.ok ? token.value : '',
    to: CONFIRM_PATH,
    secure,
    maxAge: token.ok ? LINK_MINUTES * 60 : 0,
  });
}
