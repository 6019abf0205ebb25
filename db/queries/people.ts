import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';
import type { MemberRow } from './coalitions.ts';

export type PersonRow = Reader['tables']['people']['$inferSelect'];
export type SessionRow = Reader['tables']['sessions']['$inferSelect'];

export async function findPersonByEmailIndex(db: Reader, emailIndex: Buffer): Promise<PersonRow | null> {
  const { people } = db.tables;
  const [row] = await db.select().from(people).where(eq(people.emailIndex, emailIndex)).limit(1);
  return row ?? null;
}

export async function findPerson(db: Reader, id: string): Promise<PersonRow | null> {
  const { people } = db.tables;
  const [row] = await db.select().from(people).where(eq(people.id, id)).limit(1);
  return row ?? null;
}

export async function setPersonSealed(tx: Tx, id: string, sealed: Buffer): Promise<void> {
  const { people } = tx.tables;
  await tx.update(people).set({ sealed }).where(eq(people.id, id));
}

/** Null as well for somebody whose every membership has ended: they are nobody here. */
export async function findMemberPersonByEmailIndex(db: Reader, emailIndex: Buffer): Promise<PersonRow | null> {
  const { people, members } = db.tables;
  const [row] = await db
    .select({ person: people })
    .from(people)
    .innerJoin(members, and(eq(members.personId, people.id), isNull(members.removedAt)))
    .where(eq(people.emailIndex, emailIndex))
    .limit(1);
  return row?.person ?? null;
}

/** The people behind members of one coalition, also of those who left it. */
export async function listPeopleOfMembers(
  db: Reader,
  coalitionId: string,
  memberIds: readonly string[],
): Promise<readonly { readonly member: MemberRow; readonly person: PersonRow }[]> {
  if (memberIds.length === 0) return [];
  const { people, members } = db.tables;
  return await db
    .select({ member: members, person: people })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.coalitionId, coalitionId), inArray(members.id, [...memberIds])));
}

/** False where the address is somebody's already. */
export async function insertPerson(tx: Tx, person: Tx['tables']['people']['$inferInsert']): Promise<boolean> {
  const { people } = tx.tables;
  const rows = await tx.insert(people).values(person).onConflictDoNothing().returning({ id: people.id });
  return rows.length === 1;
}

export async function insertSession(tx: Tx, session: Tx['tables']['sessions']['$inferInsert']): Promise<void> {
  await tx.insert(tx.tables.sessions).values(session);
}

export async function findSessionByTokenHash(db: Reader, tokenHash: Buffer): Promise<{ session: SessionRow; person: PersonRow } | null> {
  const { sessions, people } = db.tables;
  const [row] = await db
    .select({ session: sessions, person: people })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(eq(sessions.tokenHash, tokenHash))
    .limit(1);
  return row ?? null;
}

/** Newest use first. */
export async function listSessions(db: Reader, personId: string, now: Date, idleSince: Date): Promise<readonly SessionRow[]> {
  const { sessions } = db.tables;
  return await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.personId, personId), gt(sessions.expiresAt, now), gt(sessions.seenAt, idleSince)))
    .orderBy(desc(sessions.seenAt), sessions.id)
    .limit(50);
}

/** Stamps the last use; an older stamp never overwrites a newer one. */
export async function markSessionSeen(tx: Tx, id: string, now: Date): Promise<void> {
  const { sessions } = tx.tables;
  await tx
    .update(sessions)
    .set({ seenAt: now })
    .where(and(eq(sessions.id, id), lt(sessions.seenAt, now)));
}

export async function deleteSession(tx: Tx, which: { readonly id: string; readonly personId: string }): Promise<boolean> {
  const { sessions } = tx.tables;
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.id, which.id), eq(sessions.personId, which.personId)))
    .returning({ id: sessions.id });
  return rows.length === 1;
}

export async function deleteSessionByTokenHash(tx: Tx, tokenHash: Buffer): Promise<void> {
  const { sessions } = tx.tables;
  await tx.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}

/** Ends every session of a person but, where given, the one they are using. */
export async function deleteSessionsOf(tx: Tx, personId: string, exceptId: string | null = null): Promise<number> {
  const { sessions } = tx.tables;
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.personId, personId), exceptId === null ? undefined : sql`${sessions.id} <> ${exceptId}`))
    .returning({ id: sessions.id });
  return rows.length;
}

export async function insertSignInToken(tx: Tx, token: Tx['tables']['signInTokens']['$inferInsert']): Promise<void> {
  await tx.insert(tx.tables.signInTokens).values(token);
}

/** When unused links to an address were made since then, known here or not; the newest first. */
export async function listSignInTimes(db: Reader, emailIndex: Buffer, since: Date, most: number): Promise<readonly Date[]> {
  const { signInTokens } = db.tables;
  const rows = await db
    .select({ at: signInTokens.createdAt })
    .from(signInTokens)
    .where(
      and(eq(signInTokens.emailIndex, emailIndex), gt(signInTokens.createdAt, since), gt(signInTokens.expiresAt, signInTokens.createdAt)),
    )
    .orderBy(desc(signInTokens.createdAt))
    .limit(most);
  return rows.map(({ at }) => at);
}

/** Whether a link to an address was made since then, known here or not, used or not. */
export async function hasSignInSince(db: Reader, emailIndex: Buffer, since: Date): Promise<boolean> {
  const { signInTokens } = db.tables;
  const made = and(eq(signInTokens.emailIndex, emailIndex), gt(signInTokens.createdAt, since));
  return (await db.select({ at: signInTokens.createdAt }).from(signInTokens).where(made).limit(1)).length > 0;
}

/**
 * Redeems a token to one of these addresses by one guarded statement: of many at once one gets the row. An expired one, or one to
 * another address, stays and gives nothing. A used one stays for its day as one that ended when it was made: a link that only a member
 * can use would tell, by being gone, who is one.
 */
export async function takeSignInToken(
  tx: Tx,
  tokenHash: Buffer,
  addresses: readonly Buffer[],
  now: Date,
): Promise<{ emailIndex: Buffer } | null> {
  const { signInTokens } = tx.tables;
  const [row] = await tx
    .update(signInTokens)
    .set({ expiresAt: sql`${signInTokens.createdAt}` })
    .where(and(eq(signInTokens.tokenHash, tokenHash), inArray(signInTokens.emailIndex, [...addresses]), gt(signInTokens.expiresAt, now)))
    .returning({ emailIndex: signInTokens.emailIndex });
  return row ?? null;
}

export async function deleteSignInTokensBefore(tx: Tx, createdBefore: Date): Promise<void> {
  const { signInTokens } = tx.tables;
  await tx.delete(signInTokens).where(lt(signInTokens.createdAt, createdBefore));
}

export async function deleteSessionsExpiredBefore(tx: Tx, before: Date): Promise<void> {
  const { sessions } = tx.tables;
  await tx.delete(sessions).where(lt(sessions.expiresAt, before));
}
