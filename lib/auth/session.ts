import {
  deleteSession,
  deleteSessionByTokenHash,
  deleteSessionsOf,
  findSessionByTokenHash,
  insertSession,
  listSessions,
  markSessionSeen,
  type PersonRow,
} from '../../db/queries/people.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { issueToken, parseToken, type Token, tokenHash, tokenOutOf } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { openPerson, type Person } from './person.ts';

/** A session ends after this, used or not. */
export const SESSION_HOURS = 12;
/** A session nobody used for so long has ended: long enough to write half a letter, short enough for a shared desk. */
export const IDLE_HOURS = 2;

const HOUR_MS = 3_600_000;
// One write in five minutes at most: a page view must not cost a commit each time.
const STAMP_EVERY_MS = 5 * 60_000;

const idleLimit = (now: Date) => new Date(now.getTime() - IDLE_HOURS * HOUR_MS);

/** Who is signed in, and since when. */
export interface SignedIn {
  readonly sessionId: string;
  readonly person: Person;
  /** The last proof of the address: step-up asks for a recent one. */
  readonly provedAt: Date;
}

/**
 * So long a one-time link that was just redeemed answers its form once more: of a double click, the browser reads the second answer alone.
 * It is given the session of the first, and no further one is made.
 */
export const PRESSED_AGAIN_SECONDS = 60;

export const pressedSince = (now: Date): Date => new Date(now.getTime() - PRESSED_AGAIN_SECONDS * 1_000);

/**
 * Opens a session in the transaction of what gave the right to it.
 * @param link the one-time link it is opened by, where there is one: whoever presses its button twice gets the same session twice
 * @returns the token for the cookie: it is stored nowhere
 */
export async function startSession(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  personId: string,
  now: Date,
  link?: Token,
): Promise<Token<'session'>> {
  const token = link === undefined ? issueToken('session', random) : tokenOutOf(keys, 'session', link);
  await insertSession(tx, {
    id: newId('ses', random),
    tokenHash: tokenHash(keys, 'session', token),
    personId,
    createdAt: now,
    provedAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + SESSION_HOURS * HOUR_MS),
  });
  return token;
}

/** The session that this link has just opened, and whose it is; null where it opened none, or it has ended, or its minute is over. */
export async function findJustOpened(
  db: Reader,
  { keys }: Pick<Instance, 'keys'>,
  link: Token,
  now: Date,
): Promise<{ readonly session: Token<'session'>; readonly person: PersonRow } | null> {
  const token = tokenOutOf(keys, 'session', link);
  const found = await findSessionByTokenHash(db, tokenHash(keys, 'session', token));
  if (!found || found.session.createdAt <= pressedSince(now)) return null;
  return { session: token, person: found.person };
}

/**
 * Who a cookie stands for, asked anew at every request, so that an ended session is dead on the next one; null for nobody.
 * @param by `page` for what a page asks by itself: nobody need sit before it, so it keeps no session from ending
 */
export async function findSignedIn(
  { store, keys }: Instance,
  cookie: string | null,
  now: Date,
  by: 'person' | 'page' = 'person',
): Promise<SignedIn | null> {
  const token = cookie === null ? null : parseToken('session', cookie);
  if (!token?.ok) return null;
  const found = await findSessionByTokenHash(store.read, tokenHash(keys, 'session', token.value));
  if (!found) return null;
  const { session } = found;
  if (session.expiresAt <= now || session.seenAt <= idleLimit(now)) return null;
  if (by === 'person' && now.getTime() - session.seenAt.getTime() > STAMP_EVERY_MS) {
    await store.inTransaction((tx) => markSessionSeen(tx, session.id, now));
  }
  return { sessionId: session.id, person: openPerson(keys, found.person), provedAt: session.provedAt };
}

/** A session that ended by itself is remembered so long: what its owner was typing when it ended may then be kept for them. */
export const ENDED_HOURS = 24;

/** Whether a cookie is of a session that has ended by itself, and not of none. */
export async function isEndedSession({ store, keys }: Instance, cookie: string | null): Promise<boolean> {
  const token = cookie === null ? null : parseToken('session', cookie);
  return token?.ok === true && (await findSessionByTokenHash(store.read, tokenHash(keys, 'session', token.value))) !== null;
}

/** Ends the session of a cookie, if there is one. */
export async function endSession(tx: Tx, { keys }: Pick<Instance, 'keys'>, cookie: string | null): Promise<void> {
  const token = cookie === null ? null : parseToken('session', cookie);
  if (token?.ok) await deleteSessionByTokenHash(tx, tokenHash(keys, 'session', token.value));
}

export interface SessionView {
  readonly id: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly current: boolean;
}

/** The live sessions of whoever asks, the last used first. */
export async function viewSessions({ store }: Instance, who: SignedIn, now: Date): Promise<readonly SessionView[]> {
  const rows = await listSessions(store.read, who.person.id, now, idleLimit(now));
  return rows.map(({ id, createdAt, seenAt, expiresAt }) => ({ id, createdAt, seenAt, expiresAt, current: id === who.sessionId }));
}

/** Ends one session of one's own; a session of somebody else does not differ from none. */
export async function endOwnSession({ store }: Instance, who: SignedIn, id: string): Promise<boolean> {
  return await store.inTransaction((tx) => deleteSession(tx, { id, personId: who.person.id }));
}

/** Ends every session of one's own but the one in use. @returns how many ended */
export async function endOtherSessions({ store }: Instance, who: SignedIn): Promise<number> {
  return await store.inTransaction((tx) => deleteSessionsOf(tx, who.person.id, who.sessionId));
}
