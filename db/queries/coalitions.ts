import { and, asc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { LinkKind } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

export type CoalitionRow = Reader['tables']['coalitions']['$inferSelect'];
export type MemberRow = Reader['tables']['members']['$inferSelect'];
export type LinkRow = Reader['tables']['links']['$inferSelect'];

/** The links that make members; those of signatories are in `links.ts`. */
export type FoundingKind = Extract<LinkKind, 'set-up' | 'member-invitation'>;

export async function hasCoalition(db: Reader): Promise<boolean> {
  const { coalitions } = db.tables;
  return (await db.select({ id: coalitions.id }).from(coalitions).limit(1)).length > 0;
}

/** False where the slug is taken. */
export async function insertCoalition(tx: Tx, coalition: Tx['tables']['coalitions']['$inferInsert']): Promise<boolean> {
  const { coalitions } = tx.tables;
  const rows = await tx.insert(coalitions).values(coalition).onConflictDoNothing().returning({ id: coalitions.id });
  return rows.length === 1;
}

const coalitionById = prepared((db: Reader, given: Given<{ readonly id: string }>) => {
  const { coalitions } = db.tables;
  return db
    .select()
    .from(coalitions)
    .where(eq(coalitions.id, given('id', coalitions.id)))
    .limit(1);
});

export async function findCoalition(db: Reader, id: string): Promise<CoalitionRow | null> {
  const [row] = await coalitionById(db, { id });
  return row ?? null;
}

export async function setCoalition(tx: Tx, id: string, { name, settings }: Pick<CoalitionRow, 'name' | 'settings'>): Promise<void> {
  const { coalitions } = tx.tables;
  await tx.update(coalitions).set({ name, settings }).where(eq(coalitions.id, id));
}

/** Lets nobody else hold this coalition until the transaction ends: for what it may have one of, and no index can say. */
export async function holdCoalition(tx: Tx, id: string): Promise<void> {
  const { coalitions } = tx.tables;
  await tx.update(coalitions).set({ id }).where(eq(coalitions.id, id));
}

export async function findCoalitionBySlug(db: Reader, slug: string): Promise<CoalitionRow | null> {
  const { coalitions } = db.tables;
  const [row] = await db.select().from(coalitions).where(eq(coalitions.slug, slug)).limit(1);
  return row ?? null;
}

export async function findCoalitionByName(db: Reader, name: string): Promise<CoalitionRow | null> {
  const { coalitions } = db.tables;
  const [row] = await db.select().from(coalitions).where(eq(coalitions.name, name)).orderBy(asc(coalitions.createdAt)).limit(1);
  return row ?? null;
}

/** False where the person is a member already, or was one. */
export async function insertMember(tx: Tx, member: Tx['tables']['members']['$inferInsert']): Promise<boolean> {
  const { members } = tx.tables;
  const rows = await tx.insert(members).values(member).onConflictDoNothing().returning({ id: members.id });
  return rows.length === 1;
}

/** A member who left may be let in again: the row that audit entries name lives on. Null where there is none that ended. */
export async function restoreMember(
  tx: Tx,
  who: { readonly coalitionId: string; readonly personId: string },
  role: MemberRow['role'],
): Promise<MemberRow | null> {
  const { members } = tx.tables;
  const [row] = await tx
    .update(members)
    .set({ role, removedAt: null })
    .where(and(eq(members.coalitionId, who.coalitionId), eq(members.personId, who.personId), isNotNull(members.removedAt)))
    .returning();
  return row ?? null;
}

/** The live membership of one person, or null. */
export async function findMember(db: Reader, coalitionId: string, personId: string): Promise<MemberRow | null> {
  const { members } = db.tables;
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.coalitionId, coalitionId), eq(members.personId, personId), isNull(members.removedAt)))
    .limit(1);
  return row ?? null;
}

export async function setMemberRole(tx: Tx, id: string, role: MemberRow['role']): Promise<void> {
  const { members } = tx.tables;
  await tx.update(members).set({ role }).where(eq(members.id, id));
}

export async function hasOwner(db: Reader, coalitionId: string): Promise<boolean> {
  const { members } = db.tables;
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.coalitionId, coalitionId), eq(members.role, 'owner'), isNull(members.removedAt)))
    .limit(1);
  return rows.length > 0;
}

/** The coalitions a person is a live member of, the first joined first. */
export async function listMemberships(db: Reader, personId: string): Promise<readonly { member: MemberRow; coalition: CoalitionRow }[]> {
  const { members, coalitions } = db.tables;
  return await db
    .select({ member: members, coalition: coalitions })
    .from(members)
    .innerJoin(coalitions, eq(coalitions.id, members.coalitionId))
    .where(and(eq(members.personId, personId), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(50);
}

/** Who founded this instance: the owner whose membership is the oldest. */
export async function findFirstOwner(db: Reader): Promise<MemberRow | null> {
  const { members } = db.tables;
  const [row] = await db
    .select()
    .from(members)
    .where(and(eq(members.role, 'owner'), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(1);
  return row ?? null;
}

export async function insertFoundingLink(tx: Tx, link: Tx['tables']['links']['$inferInsert'] & { kind: FoundingKind }): Promise<void> {
  await tx.insert(tx.tables.links).values(link);
}

const live = ({ links }: Reader['tables'], kind: FoundingKind, tokenHash: Buffer, now: Date) =>
  and(
    eq(links.tokenHash, tokenHash),
    eq(links.kind, kind),
    isNull(links.usedAt),
    isNull(links.revokedAt),
    or(isNull(links.expiresAt), gt(links.expiresAt, now)),
  );

/** Null for a link that was used, revoked or has expired, as for one that never was. */
export async function findFoundingLink(db: Reader, kind: FoundingKind, tokenHash: Buffer, now: Date): Promise<LinkRow | null> {
  const [row] = await db
    .select()
    .from(db.tables.links)
    .where(live(db.tables, kind, tokenHash, now))
    .limit(1);
  return row ?? null;
}

/** Redeems a one-time link by one guarded statement: of many at once one gets the row. */
export async function takeFoundingLink(tx: Tx, kind: FoundingKind, tokenHash: Buffer, now: Date): Promise<LinkRow | null> {
  const [row] = await tx
    .update(tx.tables.links)
    .set({ usedAt: now })
    .where(live(tx.tables, kind, tokenHash, now))
    .returning();
  return row ?? null;
}

/** A one-time link that was redeemed after that time. */
export async function findFoundingLinkUsedSince(db: Reader, kind: FoundingKind, tokenHash: Buffer, since: Date): Promise<LinkRow | null> {
  const { links } = db.tables;
  const [row] = await db
    .select()
    .from(links)
    .where(and(eq(links.tokenHash, tokenHash), eq(links.kind, kind), gt(links.usedAt, since)))
    .limit(1);
  return row ?? null;
}

/** True of links that make members, in the words of their index: of signatories' there are as many as signatures. */
export const makesMembers = ({ invitationId, signingId }: Reader['tables']['links']) => and(isNull(invitationId), isNull(signingId));

/** Ends the unused links of a kind, so that at most the newest opens. */
export async function revokeFoundingLinks(tx: Tx, kind: FoundingKind, now: Date): Promise<void> {
  const { links } = tx.tables;
  await tx
    .update(links)
    .set({ revokedAt: now })
    .where(and(eq(links.kind, kind), makesMembers(links), isNull(links.usedAt), isNull(links.revokedAt)));
}
