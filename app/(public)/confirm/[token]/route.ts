import { landByMail } from '../../../_request/link.ts';
import { CONFIRM_PATH } from '../gate.ts';

/** The link that asks whether it was they who signed: into the cookie and on to the clean address. It confirms nothing. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  return landByMail('confirmation', (await params).token, CONFIRM_PATH);
}
