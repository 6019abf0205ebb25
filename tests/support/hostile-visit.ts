import { expect } from 'vitest';
import { readForm } from './forms.ts';
import { LIVE_MARKUP } from './hostile.ts';
import { invite, type OpenLetter, signatureRows } from './invited.ts';
import { type Received, send } from './request.ts';
import type { World } from './roles.ts';

/** A form of the running app, as somebody finds it on its page. */
export interface Form {
  readonly page: string;
  /** The end of the address it is sent to. */
  readonly to: string;
  /** The cookie of whoever fills it in. */
  readonly as: string;
  /** What is chosen and typed honestly; everything else that takes a text gets the hostile one. */
  readonly honest?: Readonly<Record<string, string>>;
  /** Fields of the last step, which the page has only then. */
  readonly more?: readonly string[];
}

const liveIn = (html: string): string | undefined => LIVE_MARKUP.exec(html)?.[0];

/** Fields that only a machine fills in, or that a script of ours does. */
const LEFT_ALONE = new Set(['topic', 'proof']);
const FORM = 'application/x-www-form-urlencoded';

/** Somebody who means harm, in whatever role they got into. */
export class Stranger {
  readonly #origin: string;
  #networks = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Opens a page, which answers for itself and shows nothing that a browser would run. */
  async visit(path: string, cookie = ''): Promise<Received> {
    const headers = { host: new URL(this.#origin).host, cookie };
    const landed = await send(this.#origin, { method: 'GET', path, headers });
    expect({ path, status: landed.status }).toEqual({ path, status: expect.toBeOneOf([200, 303, 307, 308, 400, 404]) });
    expect({ path, live: liveIn(landed.text) }).toEqual({ path, live: undefined });
    return landed;
  }

  /** Fills a form with the string and sends it. @returns the page that they are sent to, with the cookies that it is shown by */
  async fill({ page, to, as, honest = {}, more = [] }: Form, text: string): Promise<Shown> {
    const form = readForm((await this.visit(page, as)).text, to);
    if (form === null) throw new Error(`${page} has no form that is sent to ${to}`);
    const typed = [...form.texts, ...more].filter((name) => !LEFT_ALONE.has(name) && !(name in honest));
    const fields = { ...form.values, ...Object.fromEntries(typed.map((name) => [name, text])), ...honest };
    const { headers } = await this.#post(form.action, as, fields);
    const kept = [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';', 1)[0] ?? '');
    const cookies = [as, ...kept].filter((cookie) => cookie !== '').join('; ');
    const path = String(headers['location'] ?? page).replace(this.#origin, '');
    await this.visit(path, cookies);
    return { path, cookies };
  }

  async #post(action: string, cookie: string, fields: Readonly<Record<string, string>>): Promise<Received> {
    // Each from a network of their own: how often one may come is another test's.
    const from = `198.${18 + (++this.#networks >> 8)}.${this.#networks & 255}.7`;
    const said = { host: new URL(this.#origin).host, origin: this.#origin, cookie, 'content-type': FORM, 'x-forwarded-for': from };
    const body = new URLSearchParams(fields).toString();
    const answer = await send(this.#origin, { method: 'POST', path: action, headers: said, body });
    expect({ action, fields, status: answer.status }).toEqual({ action, fields, status: expect.toBeOneOf([200, 303]) });
    expect({ action, live: liveIn(answer.text) }).toEqual({ action, live: undefined });
    return answer;
  }
}

export interface Shown {
  readonly path: string;
  readonly cookies: string;
}

const entry = { publication: 'public', authorised: 'yes', representativePrinted: 'yes' };
const asking = { ...entry, step: 'sign', 'others[0].authorised': 'yes' };
const personally = { ...asking, signer: 'personal' };
const forOrganisation = { ...asking, signer: 'organisation' };
const another = ['others[0].organisation', 'others[0].role'];

/** A letter that everybody may read and sign. */
export interface Target {
  readonly letter: OpenLetter;
  /** Of its open link, and the address it is read at. */
  readonly slug: string;
  readonly path: string;
  /** The cookie of somebody who has signed it, and has one entry. */
  readonly own: string;
  /** When its form was opened, as the form says it: whoever is quicker than a person is asked to look once more. */
  readonly opened: string;
}

/** Every form by which a stranger's, an invited one's or a coordinator's text comes in, each about things of its own. */
export async function formsOf(world: World, { letter, slug, own, opened }: Target, number: number): Promise<readonly Form[]> {
  const now = new Date();
  const invited = async (word: string) => {
    const { token, invitationId } = await invite(letter, { organisation: `${word} ${number}` }, `${word}-${number}@partner.example`, now);
    return { as: `invitation=${token}`, invitationId };
  };
  const [signing, declining, passing] = [await invited('signing'), await invited('declining'), await invited('passing')];
  const { owner, drafter } = world.cookies;
  const desk = `/letters/${letter.letterId}`;
  const draft = `/letters/${world.draft}`;
  const coalition = `/coalitions/${world.coalition}`;
  const vouched = { publication: 'public', means: 'by telephone', date: now.toISOString().slice(0, 10) };
  const capacity = number % 2 === 0 ? 'organisation' : 'personal';
  return [
    {
      page: `/sign/${slug}`,
      to: '/send',
      as: '',
      honest: { ...personally, opened, email: `stranger-${number}@home.example` },
      more: another,
    },
    { page: `/sign/${slug}`, to: '/send', as: '', honest: { ...forOrganisation, step: 'check', email: 'x@home.example' }, more: another },
    { page: '/i', to: '/i/sign', as: signing.as, honest: forOrganisation, more: another },
    { page: '/i', to: '/i/decline', as: declining.as },
    { page: '/i', to: '/i/pass-on', as: passing.as, honest: { whom: 'colleague', email: `passed-${number}@home.example` } },
    { page: `${coalition}/letters/new`, to: '/create', as: drafter },
    { page: `${draft}/texts/en`, to: '/save', as: drafter },
    // No mark-up may stand in the body, and the whole is refused with it.
    { page: `${draft}/texts/en`, to: '/save', as: drafter, honest: { body: 'We ask you to open the banks.' } },
    { page: `${draft}/comments`, to: '/add', as: drafter },
    { page: `${desk}/invitations`, to: '/invite', as: owner, honest: { capacity, email: `new-${number}@partner.example` } },
    { page: `${desk}/invitations/by-hand`, to: '/make', as: owner, honest: { capacity } },
    { page: `${desk}/invitations/mail`, to: '/save', as: owner, honest: { replyTo: '' } },
    { page: `${desk}/links`, to: '/make', as: owner, honest: { cap: '', lastDay: '' } },
    { page: `${desk}/list/vouch`, to: '/record', as: owner, honest: { capacity, ...vouched } },
    { page: `${desk}/list/vouch/rows`, to: '/record', as: owner, honest: { kind: 'personal', heading: 'yes', ...vouched } },
    { page: `${coalition}/settings`, to: '/save', as: owner, honest: { replyTo: '' } },
    { page: `${coalition}/members/own`, to: '/organisation', as: owner },
    { page: '/account', to: '/account/name', as: owner },
    { page: '/own/correct', to: '/own/correct/save', as: own },
    { page: '/own/add', to: '/own/add/save', as: own, honest: { signer: 'organisation', ...entry, step: 'sign' } },
  ];
}

/** Forms about the newest entry that stands in the list, if it came in by another form. */
export async function formsAbout(world: World, letter: OpenLetter, before: readonly string[]): Promise<readonly Form[]> {
  const last = (await signatureRows(letter)).filter(({ id, status }) => status === 'listed' && !before.includes(id)).at(-1);
  if (last === undefined) return [];
  const page = `/letters/${letter.letterId}/list/${last.id}`;
  return [
    { page: `${page}/correct`, to: '/correct/save', as: world.cookies.owner },
    { page, to: '/hold', as: world.cookies.owner },
  ];
}
