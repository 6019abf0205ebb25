import { readLogo } from '../../../../../../lib/coalitions/logo.ts';
import { type Answer, answerRefused, wantsJson } from '../../../../../_request/answer.ts';
import { instance } from '../../../../../_request/instance.ts';
import { askedInCoalition } from '../../../../../_request/member.ts';
import { visitorOf } from '../../../../../_request/visitor.ts';

interface LogoContext {
  readonly params: Promise<{ readonly coalitionId: string }>;
}

/** A coalition's logo, for its members. It changes nothing. */
export async function GET(request: Request, context: LogoContext): Promise<Response> {
  const host = instance();
  const visitor = visitorOf(request, await context.params, host);
  const answer: Answer = { host, visitor, json: wantsJson(request.headers), form: { form: 'file', path: '/desk' } };
  try {
    const asked = await askedInCoalition(visitor, 'read');
    if (!asked.ok) return answerRefused(answer, asked.reason);
    const logo = await readLogo(asked.value.running, asked.value.scope.coalitionId);
    if (!logo) return answerRefused(answer, 'not-found');
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(logo.bytes), {
      headers: {
        'content-type': logo.mediaType,
        'content-length': String(logo.bytes.length),
        'content-disposition': 'inline; filename="logo"',
        // Whoever is removed shall not keep what a shared cache would.
        'cache-control': 'private, no-cache',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'content-security-policy': "default-src 'none'; sandbox",
      },
    });
  } catch (error) {
    host.report('file logo', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
