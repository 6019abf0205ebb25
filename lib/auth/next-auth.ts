import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import type { Keys } from '../crypto/keys.ts';
import type { Instance } from '../instance.ts';

/** The acts of next-auth that are used. Its routes are not mounted: its GET callback would redeem a link that a mail scanner opened. */
export type AuthAct = 'signin' | 'callback';

type Call = (request: object, response: object, options: AuthOptions) => Promise<unknown>;

/** The secret of next-auth's own hashes, from the keys file like every other. */
export function authSecret(keys: Keys): string {
  const key = keys.subKey('token', keys.lookUpVersion);
  if (!key) throw new Error(`no key of version ${keys.lookUpVersion}`);
  return createHmac('sha256', key).update('next-auth').digest('hex');
}

async function load(): Promise<Call> {
  // A bundler gives the function itself, plain Node the module around it. Loaded on use: no page or command needs it.
  const loaded = ((await import('next-auth')) as { default: unknown }).default;
  return (typeof loaded === 'function' ? loaded : (loaded as { default: unknown }).default) as Call;
}

/**
 * Runs one act of next-auth, by its public entry for API routes. Its answer (a redirect and cookies) is left aside: what happened is
 * what the adapter was asked to do.
 * @param fields the act's form fields or, for `callback`, its query
 */
export async function runAuthAct(
  { config, keys }: Pick<Instance, 'config' | 'keys'>,
  act: AuthAct,
  fields: Readonly<Record<string, string>>,
  options: Omit<AuthOptions, 'secret' | 'logger'>,
): Promise<void> {
  const nextAuth = await load();
  const secret = authSecret(keys);
  // It would take the Host header for its own address otherwise, even where nothing is linked to.
  process.env['NEXTAUTH_URL'] = config.origin;
  // It asks for its double-submit pair. Where the request came from has been proved before (`app/_request/source.ts`).
  const csrfToken = randomBytes(32).toString('hex');
  const csrfHash = createHash('sha256').update(`${csrfToken}${secret}`).digest('hex');
  const request = {
    method: 'POST',
    headers: {},
    cookies: { csrf: `${csrfToken}|${csrfHash}` },
    query: { nextauth: [act, 'email'], ...(act === 'callback' ? fields : {}) },
    body: { csrfToken, json: 'true', ...(act === 'callback' ? {} : fields) },
  };
  await nextAuth(request, silentResponse(), { ...options, secret, logger: SILENT, cookies: { csrfToken: { name: 'csrf', options: {} } } });
}

/** Faults reach the command as what they are; a log line might quote a token or an address. */
const SILENT = { error: () => {}, warn: () => {}, debug: () => {} };

function silentResponse(): object {
  const response = {
    status: () => response,
    setHeader: () => response,
    getHeader: () => undefined,
    json: () => {},
    send: () => {},
    end: () => {},
  };
  return response;
}
