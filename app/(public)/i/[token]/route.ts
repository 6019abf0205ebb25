import { landByMail } from '../../../_request/link.ts';
import { INVITATION_PATH } from '../gate.ts';

/** A personal link: into the cookie and on to the clean address. Whether it opens anything is for that page to say. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly token: string }> }): Promise<Response> {
  return landByMail('invitation', (await params).token, INVITATION_PATH);
}
