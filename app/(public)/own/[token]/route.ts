import { landByMail } from '../../../_request/link.ts';
import { OWN_PATH } from '../../../_request/own-page.ts';

/** The link in a receipt: into the cookie and on to the clean address. Whether it opens anything is for that page to say. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  return landByMail('own-page', (await params).token, OWN_PATH);
}
