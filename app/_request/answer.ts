import { PROVE_AGAIN } from '../../lib/auth/step-up.ts';
import type { MessageKey } from '../../lib/i18n/messages.ts';
import type { MessageValues } from '../../lib/i18n/translator.ts';
import type { Fault } from '../../lib/shared/fault.ts';
import type { BodyFault } from './body.ts';
import { type CookieName, clearCookie, longFormCookies, setCookie } from './cookies.ts';
import { faultSentence } from './fault-sentence.ts';
import { type FormPlace, forgetForm, formCookie, KEPT_BRIEFLY, keepForm, MOST_LONG_FORMS, type RefusedForm } from './form-drafts.ts';
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

function sayJson(status: number, body: unknown, cookies: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Response {
  const headers = new Headers({ ...ANSWER_HEADERS, ...more, 'content-type': 'application/json; charset=utf-8' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(JSON.stringify(body), { status, headers });
}

export async function answerDone({ host, visitor, json, form }: Answer, done: Done): Promise<Response> {
  const { to, notice, cookies = [] }: Exclude<Done, string> = typeof done === 'string' ? { to: done } : done;
  const secure = host.secureCookies;
  const cookie = cookieOf(form);
  const kept = visitor.cookie(cookie);
  await forgetForm(host.drafts, kept);
  const lines = [
    ...cookies,
    ...(kept === null ? [] : [clearCookie(cookie, secure)]),
    ...(notice && !json ? [setCookie('notice', sealNotice(host.keys, notice), { secure, maxAge: NOTICE_SECONDS })] : []),
  ];
  return json ? sayJson(200, { to: ownPath(to) }, lines) : seeOther(to, lines);
}

/** The fields as they were sent, and the names of those that are not handed back. */
export interface Typed {
  readonly fields: unknown;
  readonly secrets: readonly string[];
}

/** Back to the form, with the faults and what was typed. */
export async function answerFaults(answer: Answer, faults: readonly Fault[], typed: Typed): Promise<Response> {
  const { visitor, json, form } = answer;
  if (json) return sayJson(422, { faults: faults.map((fault) => ({ ...fault, message: faultSentence(visitor.t, form.form, fault) })) });
  return seeOther(form.path, await keeping(answer, faults, typed));
}

/** Too often: with what was typed, for the next try. */
export async function answerTooMany(answer: Answer, retryAfter: number, typed: Typed): Promise<Response> {
  const { visitor, json, form } = answer;
  const minutes = Math.ceil(retryAfter / 60);
  const headers = { 'retry-after': String(retryAfter) };
  if (json) return sayJson(429, { reason: 'refused.too-many', message: visitor.t('refused.too-many', { minutes }) }, [], headers);
  const kept = await keeping(answer, [{ place: '', reason: 'too-often', values: { minutes } }], typed);
  const page = refusalPage(visitor.t, 429, 'refused.too-many', { minutes }, ownPath(form.path));
  for (const [name, value] of Object.entries(headers)) page.headers.set(name, value);
  for (const cookie of kept) page.headers.append('set-cookie', cookie);
  return page;
}

/** The way in ended while a form was being filled in: to the page that helps, with what was typed, for whoever comes back. */
export async function answerLostGate(answer: Answer, to: string, typed: Typed): Promise<Response> {
  return seeOther(to, await keeping(answer, [{ place: '', reason: 'way-in-ended' }], typed));
}

/** The page on which a member proves their address anew. */
export const PROVE_PATH = '/account/prove';

/** The command asks for a fresh proof of the member's address: to the page that has one mailed, and back to the form as it was typed. */
export async function answerProveAgain(answer: Answer, typed: Typed): Promise<Response> {
  const { visitor, json, form } = answer;
  const to = `${PROVE_PATH}?to=${encodeURIComponent(ownPath(form.path))}`;
  if (json) return sayJson(403, { reason: PROVE_AGAIN, message: visitor.t('fault.prove-again'), to });
  return seeOther(to, await keeping(answer, [{ place: '', reason: PROVE_AGAIN }], typed));
}

const cookieOf = (form: FormPlace): CookieName => formCookie(form, (form.keeping ?? KEPT_BRIEFLY).cookie);

/**
 * The `Set-Cookie` lines that keep a refused form, in the place of what was kept of it before. Of long forms, each of which has a cookie
 * of its own, those first kept go when there would be too many.
 */
async function keeping({ host, visitor, form }: Answer, faults: readonly Fault[], typed: Typed): Promise<readonly string[]> {
  const secure = host.secureCookies;
  const cookie = cookieOf(form);
  await forgetForm(host.drafts, visitor.cookie(cookie));
  const refused = { values: textsOf(typed.fields, typed.secrets), faults };
  const kept = await keepForm(host.keys, host.drafts, form, refused, visitor.now, async () => {
    return (await host.rates.take([{ rule: DRAFT_RATE, subject: visitor.network }], visitor.now)).ok;
  });
  const others = longFormCookies(visitor.headers.get('cookie'), secure).filter((name) => name !== cookie);
  const tooMany = form.keeping?.cookie === 'long-form' ? others.slice(0, Math.max(0, others.length + 1 - MOST_LONG_FORMS)) : [];
  for (const name of tooMany) await forgetForm(host.drafts, visitor.cookie(name));
  const maxAge = (form.keeping ?? KEPT_BRIEFLY).minutes * 60;
  // A cookie that is set over keeps its age (RFC 6265, 5.3), and with it its place among those first kept; one that was cleared is new.
  const anew = form.keeping?.cookie === 'long-form' && visitor.cookie(cookie) !== null ? [clearCookie(cookie, secure)] : [];
  return [...anew, setCookie(cookie, kept, { secure, maxAge }), ...tooMany.map((name) => clearCookie(name, secure))];
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
export function answerRefused(answer: Answer, reason: BodyFault | Barrier | 'busy', limit?: number): Response;
export function answerRefused(
  { visitor, json }: Answer,
  reason: number | BodyFault | Barrier | 'busy',
  detail?: MessageKey | number,
): Response {
  if (typeof reason === 'number') return say(reason, typeof detail === 'string' ? detail : 'refused.malformed');
  if (typeof reason === 'object') return json ? sayJson(401, { to: ownPath(reason.to) }) : seeOther(reason.to);
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
