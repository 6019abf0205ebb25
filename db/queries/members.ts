import { and, asc, eq, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';
import { type LinkRow, type MemberRow, makesMembers } from './coalitions.ts';
import type { PersonRow } from './people.ts';

/** The last row of a page of members. */
export interface MemberCursor {
  readonly createdAt: Date;
  readonly id: string;
}

export interface MemberAndPerson {
  readonly member: MemberRow;
  readonly person: PersonRow;
}

/** The live members of a coalition, the first joined first. */
export async function listMembers(
  db: Reader,
  coalitionId: string,
  after: MemberCursor | null,
  limit: number,
): Promise<readonly MemberAndPerson[]> {
  const { members, people } = db.tables;
  return await db
    .select({ member: members, person: people })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(
      and(
        eq(members.coalitionId, coalitionId),
        isNull(members.removedAt),
        after === null
          ? undefined
          : or(gt(members.createdAt, after.createdAt), and(eq(members.createdAt, after.createdAt), gt(members.id, after.id))),
      ),
    )
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(limit);
}

/** A member of this coalition in whatever state, and who they are. */
export async function findMemberAndPerson(db: Reader, coalitionId: string, id: string): Promise<MemberAndPerson | null> {
  const { members, people } = db.tables;
  const [row] = await db
    .select({ member: members, person: people })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.coalitionId, coalitionId), eq(members.id, id)))
    .limit(1);
  return row ?? null;
}

export async function findLiveMember(db: Reader, coalitionId: string, id: string): Promise<MemberRow | null> {
  const { members } = db.tables;
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.coalitionId, coalitionId), eq(members.id, id), isNull(members.removedAt)))
    .limit(1);
  return row ?? null;
}

/** Which of these are members of the coalition now; some hundreds at most. */
export async function findLiveMemberIds(db: Reader, coalitionId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { members } = db.tables;
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.coalitionId, coalitionId), isNull(members.removedAt), inArray(members.id, [...ids])));
  return new Set(rows.map(({ id }) => id));
}

/** Whether the coalition has an owner besides this member. */
export async function hasOtherOwner(db: Reader, coalitionId: string, memberId: string): Promise<boolean> {
  const { members } = db.tables;
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.coalitionId, coalitionId), eq(members.role, 'owner'), isNull(members.removedAt)))
    .limit(2);
  return rows.some(({ id }) => id !== memberId);
}

export async function setMemberSealed(tx: Tx, id: string, sealed: Buffer): Promise<void> {
  const { members } = tx.tables;
  await tx.update(members).set({ sealed }).where(eq(members.id, id));
}

export async function markMemberRemoved(tx: Tx, id: string, now: Date): Promise<void> {
  const { members } = tx.tables;
  await tx.update(members).set({ removedAt: now }).where(eq(members.id, id));
}

/** Lets a removed member in again, in the role they had; false where they are no removed member. */
export async function markMemberBack(tx: Tx, id: string): Promise<boolean> {
  const { members } = tx.tables;
  const rows = await tx
    .update(members)
    .set({ removedAt: null })
    .where(and(eq(members.id, id), isNotNull(members.removedAt)))
    .returning({ id: members.id });
  return rows.length === 1;
}

const pending = ({ links }: Reader['tables'], coalitionId: string) =>
  and(
    eq(links.kind, 'member-invitation'),
    makesMembers(links),
    eq(links.coalitionId, coalitionId),
    isNull(links.usedAt),
    isNull(links.revokedAt),
  );

/** The invitations to a coalition that were neither used nor taken back, also those that have expired; the oldest first. */
export async function listMemberInvitations(db: Reader, coalitionId: string, limit: number): Promise<readonly LinkRow[]> {
  const { links } = db.tables;
  return await db.select().from(links).where(pending(db.tables, coalitionId)).orderBy(asc(links.createdAt), asc(links.id)).limit(limit);
}

/** One of those. */
export async function findMemberInvitation(db: Reader, coalitionId: string, id: string): Promise<LinkRow | null> {
  const { links } = db.tables;
  const [row] = await db
    .select()
    .from(links)
    .where(and(pending(db.tables, coalitionId), eq(links.id, id)))
    .limit(1);
  return row ?? null;
}

/** Gives an invitation another link; the one in earlier mails opens no more. */
export async function renewMemberInvitation(
  tx: Tx,
  id: string,
  { tokenHash, expiresAt }: { readonly tokenHash: Buffer; readonly expiresAt: Date },
): Promise<void> {
  const { links } = tx.tables;
  await tx.update(links).set({ tokenHash, expiresAt }).where(eq(links.id, id));
}

export async function revokeMemberInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  const { links } = tx.tables;
  await tx.update(links).set({ revokedAt: now }).where(eq(links.id, id));
}
