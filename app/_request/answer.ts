import type { MessageKey } from '../../lib/i18n/messages.ts';
import type { MessageValues } from '../../lib/i18n/translator.ts';
import type { Fault } from '../../lib/shared/fault.ts';
import type { BodyFault } from './body.ts';
import { clearCookie, setCookie } from './cookies.ts';
import { faultSentence } from './fault-sentence.ts';
import { FORM_MINUTES, type FormPlace, forgetForm, formCookie, keepForm, type RefusedForm } from './form-drafts.ts';
import type { Instance } from './instance.ts';
import { NOTICE_SECONDS, type NoticeMessage, sealNotice } from './notice.ts';
import { DRAFT_RATE } from './rate-rules.ts';
import { ANSWER_HEADERS, refusalPage } from './refusal-page.ts';
import type { Visitor } from './visitor.ts';

/** Why a gate lets nobody through; `to` is a page that helps (a fresh sign-in, say). */
export type Barrier = 'sign-in' | 'not-allowed' | 'not-found' | 'gone' | { readonly to: string };

/** The page after a change: its path, a sentence to show there once, `Set-Cookie` lines made by `setCookie`. */
export type Done = string | { readonly to: string; readonly notice?: NoticeMessage; readonly cookies?: readonly string[] };

/** What every way of answering needs to know. */
export interface Answer {
  readonly host: Instance;
  readonly visitor: Visitor;
  readonly json: boolean;
  readonly form: FormPlace;
}

export const SIGN_IN_PATH = '/sign-in';

export const wantsJson = (headers: Headers): boolean => /\bapplication\/json\b/.test(headers.get('accept') ?? '');

/** A path of this instance. A command's result must never become a redirect to elsewhere (`//evil.example`, `/\evil.example`). */
function ownPath(path: string): string {
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) throw new TypeError('a redirect must be a path of this instance');
  return path;
}

function seeOther(path: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...ANSWER_HEADERS, location: ownPath(path) });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

function sayJson(status: number, body: unknown, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...ANSWER_HEADERS, 'content-type': 'application/json; charset=utf-8' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(JSON.stringify(body), { status, headers });
}

export async function answerDone({ host, visitor, json, form }: Answer, done: Done): Promise<Response> {
  const { to, notice, cookies = [] }: Exclude<Done, string> = typeof done === 'string' ? { to: done } : done;
  const secure = host.secureCookies;
  const kept = visitor.cookie(formCookie(form));
  await forgetForm(host.drafts, kept);
  const lines = [
    ...cookies,
    ...(kept === null ? [] : [clearCookie(formCookie(form), secure)]),
    ...(notice && !json ? [setCookie('notice', sealNotice(host.keys, notice), { secure, maxAge: NOTICE_SECONDS })] : []),
  ];
  return json ? sayJson(200, { to: ownPath(to) }, lines) : seeOther(to, lines);
}

/** Back to the form, with the faults and what was typed. */
export async function answerFaults(
  { host, visitor, json, form }: Answer,
  faults: readonly Fault[],
  typed: { readonly fields: unknown; readonly secrets: readonly string[] },
): Promise<Response> {
  if (json) return sayJson(422, { faults: faults.map((fault) => ({ ...fault, message: faultSentence(visitor.t, form.form, fault) })) });
  await forgetForm(host.drafts, visitor.cookie(formCookie(form)));
  const refused = { values: textsOf(typed.fields, typed.secrets), faults };
  const kept = await keepForm(host.keys, host.drafts, form, refused, visitor.now, async () => {
    return (await host.rates.take({ rule: DRAFT_RATE, subject: visitor.network }, visitor.now)).ok;
  });
  return seeOther(form.path, [setCookie(formCookie(form), kept, { secure: host.secureCookies, maxAge: FORM_MINUTES * 60 })]);
}

/** The typed texts, without files (a browser sends those anew) and secrets. */
function textsOf(fields: unknown, secrets: readonly string[]): RefusedForm['values'] {
  const kept: [string, string | readonly string[]][] = [];
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (secrets.includes(name)) continue;
    if (typeof value === 'string') kept.push([name, value]);
    else if (Array.isArray(value)) kept.push([name, value.filter((one) => typeof one === 'string')]);
  }
  return Object.fromEntries(kept);
}

const STATUS: Readonly<Record<BodyFault | Exclude<Barrier, object> | 'busy', number>> = {
  'length-required': 411,
  'too-large': 413,
  incomplete: 400,
  'unsupported-type': 415,
  malformed: 400,
  'sign-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  gone: 410,
  busy: 503,
};

/** Seconds after which a file is asked for again that too many wait for. */
const BUSY_RETRY = 15;

/** An answer that does not go back to the form. */
export function answerRefused(answer: Answer, status: number, key: MessageKey): Response;
export function answerRefused(
  answer: Answer,
  reason: BodyFault | Barrier | 'busy' | { readonly retryAfter: number },
  limit?: number,
): Response;
export function answerRefused(
  { visitor, json }: Answer,
  reason: number | BodyFault | Barrier | 'busy' | { readonly retryAfter: number },
  detail?: MessageKey | number,
): Response {
  if (typeof reason === 'number') return say(reason, typeof detail === 'string' ? detail : 'refused.malformed');
  if (typeof reason === 'object' && 'to' in reason) return json ? sayJson(401, { to: ownPath(reason.to) }) : seeOther(reason.to);
  if (typeof reason === 'object') {
    const answer = say(429, 'refused.too-many', { minutes: Math.ceil(reason.retryAfter / 60) });
    answer.headers.set('retry-after', String(reason.retryAfter));
    return answer;
  }
  if (reason === 'sign-in' && !json) return seeOther(SIGN_IN_PATH);
  const answer = say(STATUS[reason], `refused.${reason}`, reason === 'too-large' ? { limit: sizeInWords(Number(detail)) } : {});
  if (reason === 'busy') answer.headers.set('retry-after', String(BUSY_RETRY));
  return answer;

  function say(status: number, key: MessageKey, values: MessageValues = {}): Response {
    return json ? sayJson(status, { reason: key, message: visitor.t(key, values) }) : refusalPage(visitor.t, status, key, values);
  }
}

const sizeInWords = (bytes: number): string =>
  bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.max(1, Math.floor(bytes / 1_000))} kB`;
