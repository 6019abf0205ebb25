/** The cookies of this product, closed so that no two features take one name. Values hold no plain personal data. */
export type CookieName =
  | 'form'
  | LongFormCookie
  | 'answer-form'
  | 'notice'
  | 'hand-link'
  | 'lang'
  | 'session'
  | 'invitation'
  | 'own-page'
  | 'mail-stop'
  | 'set-up'
  | 'confirmation'
  | 'sign-in'
  | 'sign-in-browser'
  | 'sign-in-to'
  | 'join';

/** One for each form and page: what is written in one tab must not cost what is written in another. */
type LongFormCookie = `long-form.${string}`;

export interface CookieOptions {
  /** True on https: `Secure`, and the `__Host-` prefix, which binds the cookie to this very host (RFC 6265bis §4.1.3.2). */
  readonly secure: boolean;
  /** Seconds; left out, the cookie ends with the browser session; 0 clears it. */
  readonly maxAge?: number;
}

/** Plain http is loopback only (development, trying out): a `__Host-` name without `Secure` would be refused by browsers. */
export const cookieName = (name: CookieName, secure: boolean): string => (secure ? `__Host-${name}` : name);

/**
 * A `Set-Cookie` line. `Lax`, since `Strict` would lose the cookie on arrival from a mail.
 * @param value base64url, hex or a language tag: characters that need no quoting
 */
export function setCookie(name: CookieName, value: string, { secure, maxAge }: CookieOptions): string {
  if (!/^[\w.~-]*$/.test(value)) throw new TypeError(`the value of cookie ${name} needs encoding`);
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
  return `${cookieName(name, secure)}=${value}; Path=/${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

export const clearCookie = (name: CookieName, secure: boolean): string => setCookie(name, '', { secure, maxAge: 0 });

/** One cookie out of a `Cookie` header; the first wins, as in RFC 6265 §5.4. */
export function readCookie(header: string | null, name: CookieName, secure: boolean): string | null {
  const wanted = cookieName(name, secure);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim();
  }
  return null;
}

/** The long forms that a `Cookie` header holds, the one first kept first (RFC 6265 §5.4). */
export function longFormCookies(header: string | null, secure: boolean): readonly LongFormCookie[] {
  const named = secure ? /^\s*__Host-(long-form\.[\w-]{16})=/ : /^\s*(long-form\.[\w-]{16})=/;
  return (header ?? '').split(';').flatMap((pair) => (named.exec(pair)?.[1] as LongFormCookie | undefined) ?? []);
}
