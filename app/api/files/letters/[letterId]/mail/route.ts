import { LOCALES } from '../../../../../../lib/i18n/locales.ts';
import { previewWording } from '../../../../../../lib/invitations/preview.ts';
import { type Answer, answerRefused, wantsJson } from '../../../../../_request/answer.ts';
import { instance } from '../../../../../_request/instance.ts';
import type { LetterFileContext } from '../../../../../_request/letter-file.ts';
import { askedAtLetter } from '../../../../../_request/member.ts';
import { MAIL_FRAME_POLICY } from '../../../../../_request/shown-policy.ts';
import { type Visitor, visitorOf } from '../../../../../_request/visitor.ts';

/** The page's own ring for its links: no page sees into a frame, and this one runs no script. The mail itself has none. */
const RING = '<style>:focus-visible{outline:3px solid #ffbf47;box-shadow:0 0 0 5px #1c1c1a}</style></head>';

/** The HTML of the letter's invitation, for the frame on the page where its words are written: no link in it opens anything. */
export async function GET(request: Request, context: LetterFileContext): Promise<Response> {
  const host = instance();
  const visitor: Visitor = visitorOf(request, await context.params, host);
  const answer: Answer = { host, visitor, json: wantsJson(request.headers), form: { form: 'file', path: '/desk' } };
  try {
    const asked = await askedAtLetter(visitor, 'run');
    if (!asked.ok) return answerRefused(answer, asked.reason);
    const { running, scope } = asked.value;
    const language = LOCALES.find((locale) => locale === visitor.search.get('language')) ?? 'en';
    const mail = await previewWording(running, scope, language);
    if (!mail) return answerRefused(answer, 'not-found');
    return new Response(request.method === 'HEAD' ? null : mail.html.replace('</head>', RING), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'content-security-policy': MAIL_FRAME_POLICY,
      },
    });
  } catch (error) {
    host.report('file mail', error);
    return answerRefused(answer, 500, 'failure.text');
  }
}
