import { setTask } from '../../../../../lib/rates/proof-of-work.ts';
import { readOpenLink } from '../../../../../lib/signatures/open-links.ts';
import { instance } from '../../../../_request/instance.ts';
import { product } from '../../../../_request/product.ts';
import { ANSWER_HEADERS } from '../../../../_request/refusal-page.ts';
import { openForm } from '../door.ts';

/** A task for the browser of whoever is about to sign. Signed and not stored: asking for one changes nothing. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ readonly slug: string }> }): Promise<Response> {
  const { slug } = await params;
  const headers = { ...ANSWER_HEADERS, 'content-type': 'application/json; charset=utf-8' };
  const running = await product();
  if (!(await readOpenLink(running, slug))) return new Response('{}', { status: 404, headers });
  return new Response(JSON.stringify(await setTask(running, openForm(slug), instance().now())), { headers });
}
