import type { AuthOptions } from 'next-auth';
import type { AdapterUser } from 'next-auth/adapters';
import type { Provider } from 'next-auth/providers/index';
import { endMail } from '../../db/queries/outbox.ts';
import {
  deleteSessionsExpiredBefore,
  deleteSignInTokensBefore,
  findMemberPersonByEmailIndex,
  hasSignInSince,
  insertSignInToken,
  listSignInTimes,
  type PersonRow,
  takeSignInToken,
} from '../../db/queries/people.ts';
import type { Tx } from '../../db/store.ts';
import { type EmailAddress, type EmailAddressFault, parseEmailAddress } from '../crypto/email-address.ts';
import { issueToken, parseToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { queueMail } from '../outbox/queue.ts';
import type { RateClaim, RateRule } from '../rates/rate.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { askedAddresses, noteAsked } from './asked.ts';
import { runAuthAct } from './next-auth.ts';
import { openPerson, personIndex } from './person.ts';
import { ENDED_HOURS, endSession, findJustOpened, startSession } from './session.ts';
import { signInMail } from './sign-in-mail.ts';

export const SIGN_IN_MINUTES = 10;
/** So many unused links to one address within an hour are sent as they are asked for. */
export const SIGN_IN_MAILS_AT_ONCE = 3;
/**
 * From then on none is sent while one that is younger than this is unused: the wish is answered alike, and that link, which has half
 * its life before it, opens for the asker too (`asked.ts`). So a mailbox gets 14 within an hour at most, and whoever asks in a member's
 * place, however often and from wherever, keeps them from nothing.
 */
export const SIGN_IN_MAIL_EVERY_MINUTES = 5;

const FROM_ONE_NETWORK: RateRule = {
  name: 'sign-in-address',
  windows: [
    { seconds: 3_600, most: 3 },
    { seconds: 24 * 3_600, most: 12 },
  ],
};

/** What an asker takes of the links to one address, known here or not: counted by network, as a browser is new whenever it says so. */
export const signInClaim = (network: string, email: EmailAddress): RateClaim => ({
  rule: FROM_ONE_NETWORK,
  subject: `${network} ${email.canonical}`,
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The address as next-auth sees it: a keyed index, so that no address stands in anything of its making. */
const identifierOf = (index: Buffer) => index.toString('base64url');
const indexOf = (identifier: string) => Buffer.from(identifier, 'base64url');

const userOf = (row: PersonRow): AdapterUser => ({ id: row.id, email: identifierOf(row.emailIndex), emailVerified: null });

/** What both acts have in common: who is known, and that nobody registers by signing in. */
function baseOptions(tx: Tx): Pick<AuthOptions, 'callbacks' | 'session'> & { adapter: NonNullable<AuthOptions['adapter']> } {
  return {
    session: { strategy: 'database' },
    callbacks: {
      redirect: ({ baseUrl }) => baseUrl,
      // Asking is open to everybody, so that the answer does not tell who is a member; redeeming is not.
      signIn: ({ user, email }) => email?.verificationRequest === true || user.id.startsWith('per_'),
    },
    adapter: {
      async getUserByEmail(identifier) {
        const row = await findMemberPersonByEmailIndex(tx, indexOf(identifier));
        return row && userOf(row);
      },
      async createUser() {
        throw new Error('nobody becomes a member by signing in');
      },
    },
  };
}

function provider(email: {
  normalizeIdentifier(typed: string): string;
  generateVerificationToken?(): string;
  sendVerificationRequest(request: { identifier: string; token: string }): Promise<void>;
}): Provider {
  // Never `next-auth/providers/email`: it sends by itself, with a mailer of its own.
  return { id: 'email', type: 'email', name: 'Email', server: '', from: '', maxAge: SIGN_IN_MINUTES * 60, options: {}, ...email };
}

export interface SignInWish {
  readonly email: string;
  /** The cookie that says for which addresses the browser has asked, as it came. */
  readonly browser: string | null;
  readonly t: Translator;
  /**
   * Told the link of a mail that no server will send: on the machine of whoever tries the product out, the terminal is the only way in
   * once the last session has ended.
   */
  readonly onKept?: (link: string) => void;
}

/**
 * Sends a sign-in link to a member. For any other address the same statements run and nothing is sent: the answer, its length and its
 * time do not tell who is a member.
 * @returns the browser's cookie from now on
 */
export async function askToSignIn(
  instance: Instance,
  wish: SignInWish,
  now: Date,
): Promise<Result<{ readonly browser: string }, EmailAddressFault>> {
  const { keys, random, store, config } = instance;
  const email = parseEmailAddress(wish.email);
  if (!email.ok) return email;
  const failures: unknown[] = [];
  let kept: string | null = null;

  await store.inTransaction(async (tx) => {
    const base = baseOptions(tx);
    const send = async (identifier: string, token: Token<'sign-in'>) => {
      const emailIndex = indexOf(identifier);
      await deleteSignInTokensBefore(tx, new Date(now.getTime() - 24 * HOUR_MS));
      const times = await listSignInTimes(tx, emailIndex, new Date(now.getTime() - HOUR_MS), SIGN_IN_MAILS_AT_ONCE);
      const [newest] = times;
      const isYoung = newest !== undefined && now.getTime() - newest.getTime() < SIGN_IN_MAIL_EVERY_MINUTES * MINUTE_MS;
      if (isYoung && times.length === SIGN_IN_MAILS_AT_ONCE) return;
      const row = await findMemberPersonByEmailIndex(tx, emailIndex);
      await insertSignInToken(tx, {
        tokenHash: tokenHash(keys, 'sign-in', token),
        emailIndex,
        createdAt: now,
        expiresAt: new Date(now.getTime() + SIGN_IN_MINUTES * MINUTE_MS),
      });
      const link = `${config.origin}/sign-in/link/${token}`;
      if (row) {
        const mail = signInMail(wish.t, openPerson(keys, row), { link, minutes: SIGN_IN_MINUTES });
        await queueMail(tx, instance, 'sign-in', mail, {}, now);
        if (config.smtpUrl === null) kept = link;
      } else await endMail(tx, 'out_nobody', 'refused', now, null);
    };
    await runAuthAct(
      instance,
      'signin',
      { email: email.value.asTyped },
      {
        ...base,
        adapter: {
          ...base.adapter,
          // The row is written beside its mail, in `send`: here they would be two promises at once.
          createVerificationToken: async (token) => token,
          useVerificationToken: async () => null,
        },
        providers: [
          provider({
            normalizeIdentifier: (typed) => {
              const parsed = parseEmailAddress(typed);
              if (!parsed.ok) throw new Error('not one address');
              return identifierOf(personIndex(keys, parsed.value));
            },
            generateVerificationToken: () => issueToken('sign-in', random),
            sendVerificationRequest: ({ identifier, token }) =>
              send(identifier, token as Token<'sign-in'>).catch((error: unknown) => void failures.push(error)),
          }),
        ],
      },
    );
    // It turns whatever happens into a redirect; half a change must not be committed for that.
    if (failures.length > 0) throw failures[0];
  });
  if (kept !== null) wish.onKept?.(kept);
  return success({ browser: noteAsked(keys, wish.browser, personIndex(keys, email.value), now) });
}

/**
 * What a wish is answered that its network may not make of this address any more: as any other, without a mail, while a link to it is
 * young, since that one opens for the asker too; whoever used the limit up then keeps the member from nothing. Used links count too, and
 * of an address that is unknown here there are the same rows, so that the answer does not tell who is a member.
 * @returns the browser's cookie from now on, or null where the wish is refused
 */
export async function askOverLimit(
  { keys, store }: Instance,
  { email, browser }: { readonly email: EmailAddress; readonly browser: string | null },
  now: Date,
): Promise<{ readonly browser: string } | null> {
  const index = personIndex(keys, email);
  const young = await hasSignInSince(store.read, index, new Date(now.getTime() - SIGN_IN_MAIL_EVERY_MINUTES * MINUTE_MS));
  return young ? { browser: noteAsked(keys, browser, index, now) } : null;
}

export interface SignInProof {
  /** As it came in the link. */
  readonly token: string;
  /** The cookie that says for which addresses the browser has asked, as it came. */
  readonly browser: string | null;
  /** The session this browser had before, which ends. */
  readonly previous: string | null;
}

/**
 * Redeems a sign-in link, once, in a browser that asked for its address, within its ten minutes.
 * @returns the new session's token for the cookie; the same once more where the button was pressed twice
 */
export async function confirmSignIn(instance: Instance, proof: SignInProof, now: Date): Promise<Result<Token<'session'>, 'link-ended'>> {
  const { keys, store } = instance;
  const token = parseToken('sign-in', proof.token);
  const asked = askedAddresses(keys, proof.browser, now);
  if (!token.ok || asked.length === 0) return refusal('link-ended');

  return await store.inTransaction(async (tx) => {
    const failures: unknown[] = [];
    let session: Token<'session'> | null = null;
    const noting =
      <Values extends unknown[], Value>(work: (...values: Values) => Promise<Value>) =>
      async (...values: Values): Promise<Value> => {
        try {
          return await work(...values);
        } catch (error) {
          failures.push(error);
          throw error;
        }
      };
    const base = baseOptions(tx);
    await runAuthAct(
      instance,
      'callback',
      { token: token.value },
      {
        ...base,
        adapter: {
          ...base.adapter,
          createVerificationToken: async () => null,
          // Its own hash of the token is left aside: ours is keyed.
          useVerificationToken: noting(async () => {
            const taken = await takeSignInToken(tx, tokenHash(keys, 'sign-in', token.value), asked, now);
            // The statement compared the expiry with the command's own time; the second comparison shall not use another.
            return taken && { identifier: identifierOf(taken.emailIndex), token: token.value, expires: new Date(8.64e15) };
          }),
          updateUser: noting(async ({ id }) => ({ id, email: '', emailVerified: now })),
          createSession: noting(async ({ userId, expires }) => {
            await endSession(tx, instance, proof.previous);
            await deleteSessionsExpiredBefore(tx, new Date(now.getTime() - ENDED_HOURS * HOUR_MS));
            session = await startSession(tx, instance, userId, now, token.value);
            return { sessionToken: session, userId, expires };
          }),
        },
        providers: [provider({ normalizeIdentifier: (typed) => typed, sendVerificationRequest: async () => {} })],
      },
    );
    if (failures.length > 0) throw failures[0];
    if (session !== null) return success(session);
    const again = await findJustOpened(tx, instance, token.value, now);
    return again && asked.some((index) => index.equals(again.person.emailIndex)) ? success(again.session) : refusal('link-ended');
  });
}

/** Ends the session of a cookie. */
export async function signOut(instance: Instance, cookie: string | null): Promise<void> {
  await instance.store.inTransaction((tx) => endSession(tx, instance, cookie));
}
