import { stopMails } from '../../../../lib/mailings/stops.ts';
import { instance } from '../../../_request/instance.ts';
import { landByMail } from '../../../_request/link.ts';
import { product } from '../../../_request/product.ts';
import { visitorOf } from '../../../_request/visitor.ts';
import { STOP_PATH, STOP_RATE } from '../path.ts';

interface StopRoute {
  readonly params: Promise<{ readonly token: string }>;
}

/** The link at the end of a mail: into the cookie and on to the page with the button. */
export async function GET(_request: Request, { params }: StopRoute): Promise<Response> {
  return landByMail('mail-stop', (await params).token, STOP_PATH);
}

const plain = (status: number) => new Response(null, { status, headers: { 'cache-control': 'no-store' } });

/** `List-Unsubscribe=One-Click`, and nothing that would make reading it dear. */
const MOST_BYTES = 1_000;

/**
 * The button of a mail program (RFC 8058 §3.2): one POST, from anywhere and without a cookie, by whoever holds the mail. It does not go
 * through `mutate`, which takes forms of our own pages alone. It only stops mails, and the page behind the same link takes it back; so
 * a scanner that posts does no harm. The answer leads nowhere and says nothing of the address.
 */
export async function POST(request: Request, { params }: StopRoute): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, await params, host);
  if (Number(request.headers.get('content-length') ?? MOST_BYTES + 1) > MOST_BYTES) return plain(413);
  const form = await request.formData().catch(() => null);
  if (form?.get('List-Unsubscribe') !== 'One-Click') return plain(400);
  const taken = await host.rates.take([{ rule: STOP_RATE, subject: visitor.network }], visitor.now);
  if (!taken.ok) return plain(429);
  const stopped = await stopMails(await product(), visitor.params['token'] ?? '', visitor.now);
  return plain(stopped.ok ? 200 : 404);
}
