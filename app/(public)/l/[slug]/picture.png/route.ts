import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../../../../lib/config.ts';
import { viewPublicPicture } from '../../../../../lib/letters/public-picture.ts';
import { type Answer, answerRefused } from '../../../../_request/answer.ts';
import { instance } from '../../../../_request/instance.ts';
import { product } from '../../../../_request/product.ts';
import { PictureBusy, socialPicture } from '../../../../_request/social-pictures.ts';
import { visitorOf } from '../../../../_request/visitor.ts';

/** The picture that other pages show where somebody links to this letter. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly slug: string }> }): Promise<Response> {
  const host = instance();
  const { slug } = await params;
  const visitor = visitorOf(request, { slug }, host);
  const answer: Answer = { host, visitor, json: false, form: { form: 'file', path: '/' } };
  try {
    const input = await viewPublicPicture(await product(), slug, visitor.search.get('language'), visitor.now);
    if (!input) return answerRefused(answer, 'not-found');
    const root = pathToFileURL(join(loadConfig().root, '/'));
    const bytes = request.method === 'HEAD' ? null : await socialPicture(slug, input, root, visitor.now);
    return new Response(bytes && new Uint8Array(bytes), {
      headers: {
        'content-type': 'image/png',
        'cache-control': 'public, max-age=300',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      },
    });
  } catch (error) {
    if (error instanceof PictureBusy) return answerRefused(answer, 'busy');
    host.report('picture of a public letter', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
