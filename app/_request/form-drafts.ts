import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Keys } from '../../lib/crypto/keys.ts';
import { seal, unseal } from '../../lib/crypto/seal.ts';
import type { Fault } from '../../lib/shared/fault.ts';
import type { CookieName } from './cookies.ts';

/** Where refused input waits that is too long for a cookie. Rows hold sealed bytes only and are swept after `expiresAt`. */
export interface FormDrafts {
  keep(id: string, sealed: Uint8Array, expiresAt: Date, now: Date): Promise<void>;
  /** The sealed bytes, or null once they expired. Reading leaves them: a page may be loaded again. */
  find(id: string, now: Date): Promise<Uint8Array | null>;
  forget(id: string): Promise<void>;
}

/** What a refused form hands back to its page: what was typed, and what is wrong with it. */
export interface RefusedForm {
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly faults: readonly Fault[];
}

export interface KeptForm extends RefusedForm {
  readonly keptAt: Date;
}

/** In which cookie a refused form is kept, how long, and from how many bytes on in a stored draft. */
export interface FormKeeping {
  readonly cookie: FormCookie;
  readonly minutes: number;
  readonly bytes: number;
}

/** In the order in which a page looks for what was typed on it. */
export const FORM_COOKIES = ['form', 'long-form', 'answer-form'] as const;
type FormCookie = (typeof FORM_COOKIES)[number];

// A cookie holds 4,096 bytes with name and attributes, and all cookies of a request share the server's 16 kB of header.
const LARGEST_COOKIE = 3_000;
/** Long forms that one browser keeps at a time. */
export const MOST_LONG_FORMS = 6;

/** Long enough to go back to a form and mend it. */
export const KEPT_BRIEFLY: FormKeeping = { cookie: 'form', minutes: 10, bytes: LARGEST_COOKIE };

/** A form that takes hours to fill in: in a cookie that other forms leave alone, since signing in on the way must not cost a letter. */
export const KEPT_OVER_SIGN_IN: FormKeeping = { cookie: 'long-form', minutes: 60, bytes: LARGEST_COOKIE / 3 };

/** How long a personal link stays open in a browser: a board may read for a while; a shared computer should not keep the way in for ever. */
export const LINK_MINUTES = 4 * 60;

/**
 * An answer behind a personal link: as long as the link itself, and past its end, for whoever opens it again. Its page shows it under
 * the invitation it names and under no other.
 */
export const KEPT_LIKE_A_LINK: FormKeeping = { cookie: 'answer-form', minutes: LINK_MINUTES, bytes: LARGEST_COOKIE };

/** The form and the page it stands on; what was typed on one page never shows on another. */
export interface FormPlace {
  readonly form: string;
  readonly path: string;
  /** Left out, briefly. */
  readonly keeping?: FormKeeping;
}

/** The cookie that what was typed at a place stands in; `long-form` has one for each place. */
export function formCookie({ form, path }: FormPlace, cookie: FormCookie): CookieName {
  if (cookie !== 'long-form') return cookie;
  const place = createHash('sha256').update(`${form}\n${path}`).digest('base64url').slice(0, 16);
  return `long-form.${place}`;
}

const CONTENT = z.object({
  keptAt: z.number(),
  expiresAt: z.number(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  faults: z.array(
    z
      .object({ place: z.string(), reason: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
      .transform(({ values, ...fault }): Fault => (values ? { ...fault, values } : fault)),
  ),
});

const placeOf = ({ form, path }: FormPlace) => ({ table: 'form_draft', id: form, scope: path });

/**
 * Keeps a refused form.
 * @param mayStore whether one more draft may be stored; asked only for what is too long for a cookie. Where it says no, the longest
 *   values are left out, and a fault `not-kept` of the whole form says so.
 * @returns the value of the form's cookie: the sealed content itself, or the id of a draft
 */
export async function keepForm(
  keys: Keys,
  drafts: FormDrafts,
  place: FormPlace,
  refused: RefusedForm,
  now: Date,
  mayStore: () => Promise<boolean>,
): Promise<string> {
  const { minutes, bytes: most } = place.keeping ?? KEPT_BRIEFLY;
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  const sealing = (content: RefusedForm) =>
    seal(keys, placeOf(place), { keptAt: now.getTime(), expiresAt: expiresAt.getTime(), ...content });
  const fits = (bytes: Buffer) => bytes.toString('base64url').length <= most;
  const sealed = sealing(refused);
  if (fits(sealed)) return `v.${sealed.toString('base64url')}`;
  if (!(await mayStore())) {
    const short = shortened(refused, (content) => fits(sealing(content)));
    return `v.${sealing(short).toString('base64url')}`;
  }
  const id = `fd_${randomBytes(16).toString('base64url')}`;
  await drafts.keep(id, sealed, expiresAt, now);
  return `d.${id}`;
}

const NOT_KEPT: Fault = { place: '', reason: 'not-kept' };

/** Without its longest values, as few as it takes; and where faults alone are too long, without those too. */
function shortened({ values, faults }: RefusedForm, fits: (refused: RefusedForm) => boolean): RefusedForm {
  const entries = Object.entries(values).sort(([, one], [, other]) => JSON.stringify(one).length - JSON.stringify(other).length);
  for (let kept = entries.length - 1; kept >= 0; kept--) {
    const short = { values: Object.fromEntries(entries.slice(0, kept)), faults: [NOT_KEPT, ...faults] };
    if (fits(short)) return short;
  }
  return { values: {}, faults: [NOT_KEPT] };
}

/** Opens what `keepForm` kept for this very place; null for anything else, older than it was kept for, or tampered with. */
export async function findForm(
  keys: Keys,
  drafts: FormDrafts,
  place: FormPlace,
  cookie: string | null,
  now: Date,
): Promise<KeptForm | null> {
  if (cookie === null) return null;
  const sealed = cookie.startsWith('d.') ? await drafts.find(cookie.slice(2), now) : Buffer.from(cookie.slice(2), 'base64url');
  if (sealed === null) return null;
  const opened = unseal(keys, placeOf(place), sealed);
  const content = opened.ok ? CONTENT.safeParse(opened.value) : undefined;
  if (!content?.success || content.data.expiresAt <= now.getTime()) return null;
  const { values, faults, keptAt } = content.data;
  return { values, faults, keptAt: new Date(keptAt) };
}

/** As long as a refusal counts as the one just answered: a page opened later shows what was typed, and no fault of then. */
const JUST_REFUSED_MS = 120_000;

export const isJustRefused = ({ keptAt }: Pick<KeptForm, 'keptAt'>, now: Date): boolean =>
  now.getTime() - keptAt.getTime() < JUST_REFUSED_MS;

/** Drops the draft row a cookie points to, if it points to one. */
export async function forgetForm(drafts: FormDrafts, cookie: string | null): Promise<void> {
  if (cookie?.startsWith('d.')) await drafts.forget(cookie.slice(2));
}
