import { expect } from 'vitest';
import { readForm, type SentForm } from './forms.ts';
import { LIVE_MARKUP } from './hostile.ts';
import { type Received, send } from './request.ts';

/** A form of the running app, as somebody finds it on its page. */
export interface Form {
  /** Tells it from the others, in figures and failures. */
  readonly name: string;
  readonly page: string;
  /** The end of the address it is sent to. */
  readonly to: string;
  /** The cookie of whoever fills it in. */
  readonly as: string;
  /** What is chosen honestly. */
  readonly chosen?: Readonly<Record<string, string>>;
  /** What an honest hand types where the hostile text was refused; a word of its own where nothing is said. */
  readonly honest?: Readonly<Record<string, string>>;
  /** Fields of the last step, which the page has only then. */
  readonly more?: readonly string[];
  /** True where the page has to be read for each one; else the first one's is as good, with what is chosen. */
  readonly fresh?: boolean;
}

/** A page as somebody sees it. */
export interface Shown {
  readonly path: string;
  readonly cookies: string;
}

/** How a form is sent. */
export interface Sending {
  /** Tells what is honest in it from all others of the run. */
  readonly number: number;
  /** As a browser does, and what is refused is looked at on the page that it stands on again; else as a program. */
  readonly looked: boolean;
  /** Beforehand with what nobody types odd as well. */
  readonly odd: boolean;
}

/** What became of a form that was filled in. */
export interface HandedIn {
  /** Where what was refused stands again; null where nothing was. */
  readonly sentBack: Shown | null;
  /** Of the typed texts, those that were refused at their own field. */
  readonly refused: readonly string[];
  /** Why it was not taken even when what was refused at a field had been typed anew. */
  readonly left: readonly string[];
  readonly fields: readonly string[];
}

const liveIn = (html: string): string | undefined => LIVE_MARKUP.exec(html)?.[0];

/** Fields that only a machine fills in, or that a script of ours does. */
const LEFT_ALONE = new Set(['topic', 'proof']);
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** Cookies in which a refused form comes back. */
const KEPT = /^(?:__Host-)?(?:form|answer-form|long-form\.[\w-]+)=./;
/** In letters: the server reads 16 kB of address and headers, and says so of more. */
export const LONGEST_ADDRESS = 12_000;
/** In bytes: no form of ours in which something is typed takes less. */
const SURELY_TAKEN = 16_000;
const LONG = 500;
/** More often nobody tries: each time a field at least is given up. */
const MOST_TRIES = 8;

const asKept = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n');

/** Somebody who means harm, in whatever role they got into. */
export class Stranger {
  /** How often what was answered: `POST 303`. */
  readonly answers = new Map<string, number>();
  readonly #origin: string;
  readonly #read = new Map<string, SentForm>();
  #networks = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Another letter: its pages are read anew, and counted from nothing. */
  startAnew(): void {
    this.#read.clear();
    this.answers.clear();
  }

  /** Opens a page, which answers for itself and shows nothing that a browser would run. */
  async visit(path: string, cookie = ''): Promise<Received> {
    const headers = { host: new URL(this.#origin).host, cookie };
    const landed = await send(this.#origin, { method: 'GET', path, headers });
    this.#count('GET', landed.status);
    const fit = [200, 303, 307, 308, 400, 404, ...(path.length > LONGEST_ADDRESS ? [431] : [])];
    expect({ path, status: landed.status }).toEqual({ path, status: expect.toBeOneOf(fit) });
    expect({ path, live: liveIn(landed.text) }).toEqual({ path, live: undefined });
    return landed;
  }

  /**
   * Fills a form with another text in each field and sends it as a browser does. One text that is refused must not hide what becomes of the
   * others: those refused at their field are typed anew by an honest hand and the form is sent once more, until it is taken or nothing
   * more can be done. So each text either was refused by name at its own field, or went into the command.
   */
  async handIn(form: Form, texts: readonly string[], { number, looked, odd }: Sending): Promise<HandedIn> {
    const read = await this.#form(form);
    const chosen = { ...read.values, ...form.chosen };
    const fields = [...new Set([...read.texts, ...(form.more ?? [])])].filter(
      (name) => !LEFT_ALONE.has(name) && !Object.hasOwn(form.chosen ?? {}, name),
    );
    const typed = new Map(fields.map((field, index) => [field, texts[index % texts.length] ?? '']));
    const { action } = read;
    const all = () => ({ ...chosen, ...Object.fromEntries(typed) });
    const done = { refused: [] as string[], fields: fields.map((field) => `${form.name} ${field}`) };
    const others = Object.keys(chosen).filter((name) => !typed.has(name));
    if (odd && others.length > 0) await this.#sendOdd(form, action, texts, others, { number, fields });

    let sentBack: Shown | null = null;
    if (looked) {
      const first = await this.#post(action, form.as, all());
      const back = await this.#sentBack(form, first, typed);
      if (back === null && first.status !== 413) return { ...done, sentBack, left: [] };
      sentBack = back;
    }
    for (let tries = 0; ; tries++) {
      const answered = await this.#post(action, form.as, all(), JSON_TYPE);
      if (answered.status === 200) return { ...done, sentBack, left: [] };
      const { faulty, left } = faultsOf(answered, typed);
      if (left.length === 0) return { ...done, sentBack, left };
      const given = faulty.filter((field) => typed.has(field) && !done.refused.includes(field));
      if (given.length === 0 || tries === MOST_TRIES) return { ...done, sentBack, left };
      done.refused.push(...given);
      // Nothing hostile is left to be tried.
      if (done.refused.length === fields.length) return { ...done, sentBack, left: [] };
      for (const field of given) typed.set(field, honestly(form, field, number));
    }
  }

  /** Every field that nobody types into, as no browser sends it: choices, days, ids. The whole is refused, or what is odd is not looked at. */
  async #sendOdd(
    form: Form,
    action: string,
    texts: readonly string[],
    names: readonly string[],
    { number, fields }: { readonly number: number; readonly fields: readonly string[] },
  ): Promise<void> {
    const odd = names.map((name, index) => [name, texts[index % texts.length] ?? '']);
    const honest = fields.map((field) => [field, honestly(form, field, number)]);
    await this.#post(action, form.as, Object.fromEntries([...honest, ...odd]), JSON_TYPE, JSON_TYPE);
  }

  async #form(form: Form): Promise<SentForm> {
    const known = form.fresh === true ? undefined : this.#read.get(form.name);
    const read = known ?? readForm((await this.visit(form.page, form.as)).text, form.to);
    if (read === null) throw new Error(`${form.page} has no form that is sent to ${form.to}`);
    this.#read.set(form.name, read);
    return read;
  }

  /** The page that a refused form stands on again, with everything that was typed; null where it was taken. */
  async #sentBack(form: Form, { headers }: Received, typed: ReadonlyMap<string, string>): Promise<Shown | null> {
    const lines = [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';', 1)[0] ?? '');
    if (!lines.some((line) => KEPT.test(line))) return null;
    const path = String(headers['location'] ?? form.page).replace(this.#origin, '');
    const cookies = [form.as, ...lines].filter((cookie) => cookie !== '').join('; ');
    const again = readForm((await this.visit(path, cookies)).text, form.to);
    if (again !== null) {
      const shown = [...typed].filter(([field]) => Object.hasOwn(again.values, field) && again.texts.includes(field));
      const kept = Object.fromEntries(shown.map(([field]) => [field, again.values[field]]));
      const expected = Object.fromEntries(shown.map(([field, text]) => [field, asKept(text)]));
      expect({ form: form.name, kept }).toEqual({ form: form.name, kept: expected });
    }
    return { path, cookies };
  }

  async #post(
    action: string,
    cookie: string,
    fields: Readonly<Record<string, string>>,
    accept = 'text/html',
    type = FORM,
  ): Promise<Received> {
    // Each from a network of their own: how often one may come is another test's.
    const from = `198.${18 + ((++this.#networks >> 16) & 1)}.${(this.#networks >> 8) & 255}.${this.#networks & 255}`;
    const host = { host: new URL(this.#origin).host, origin: this.#origin, 'x-forwarded-for': from };
    const body = type === FORM ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
    const headers = { ...host, cookie, accept, 'content-type': type };
    const answer = await send(this.#origin, { method: 'POST', path: action, headers, body });
    this.#count(`POST ${type === FORM ? '' : 'odd '}${accept}`, answer.status);
    const expected = accept === JSON_TYPE ? [200, 400, 403, 404, 410, 413, 422] : [200, 303, ...(body.length > SURELY_TAKEN ? [413] : [])];
    expect({ action, fields, status: answer.status }).toEqual({ action, fields, status: expect.toBeOneOf(expected) });
    if (accept !== JSON_TYPE) expect({ action, live: liveIn(answer.text) }).toEqual({ action, live: undefined });
    return answer;
  }

  #count(what: string, status: number): void {
    const key = `${what} ${status}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
  }
}

/** Fields that an answer names, and why the form was not taken. */
function faultsOf({ status, text }: Received, typed: ReadonlyMap<string, string>): Faults {
  // Of a body that is too large nothing is read: the long texts give way.
  if (status === 413) return { faulty: [...typed].filter(([, one]) => one.length > LONG).map(([field]) => field), left: ['413'] };
  const said = JSON.parse(text) as { readonly faults?: readonly { place: string; reason: string }[]; readonly reason?: string };
  const { faults = [] } = said;
  // Who asked to see it as it prints is shown it, without a fault.
  const left = said.reason === undefined ? faults.map(({ place, reason }) => `${place} ${reason}`) : [`${status} ${said.reason}`];
  return { faulty: [...new Set(faults.map(({ place }) => place))], left };
}

interface Faults {
  readonly faulty: readonly string[];
  readonly left: readonly string[];
}

/** Nobody else's word: one organisation is in a list once, and an address is asked three times a day at most. */
function honestly({ name, honest }: Form, field: string, number: number): string {
  const word = `${name} ${number}`;
  if (field.endsWith('acronym')) return `A${number}`;
  return honest?.[field] ?? (field === 'email' ? `${word.replaceAll(' ', '-')}@home.example` : `Honest ${field} ${word}`);
}
