import { and, count, desc, eq, gte, inArray, isNotNull, min, notExists, sql } from 'drizzle-orm';
import { type Given, givenEach, insertRow, namesIn, prepared, preparedShape } from '../prepared.ts';
import type { InvitationStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';
import { findLastMailStates } from './outbox.ts';

export type InvitationRow = Reader['tables']['invitations']['$inferSelect'];
type NewInvitation = Tx['tables']['invitations']['$inferInsert'];

export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  await insertRow(tx, 'invitations', invitation);
}

const invitationOfLetter = prepared((db: Reader, given: Given<{ readonly letterId: string; readonly id: string }>) => {
  const { invitations } = db.tables;
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, given('id', invitations.id)), eq(invitations.letterId, given('letterId', invitations.letterId))))
    .limit(1);
});

/** Null also for an invitation to another letter. */
export async function findInvitation(db: Reader, letterId: string, id: string): Promise<InvitationRow | null> {
  const [row] = await invitationOfLetter(db, { letterId, id });
  return row ?? null;
}

/** Invitations of one letter to one address, revoked ones too. */
export async function listInvitationsTo(db: Reader, letterId: string, addressIndex: Buffer): Promise<readonly InvitationRow[]> {
  const { invitations } = db.tables;
  return await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.letterId, letterId), eq(invitations.addressIndex, addressIndex)));
}

/** Mails that bear a link to answer by. */
const LINK_MAILS = ['invitation', 'fresh-link', 'reminder'];

/** Where a page of invitations ends and the next begins. */
export interface InvitationCursor {
  readonly createdAt: Date;
  readonly id: string;
}

/** One page, the newest first, each with the state of the last mail it caused. */
export async function listInvitations(db: Reader, letterId: string, page: { readonly after?: InvitationCursor; readonly limit: number }) {
  const { invitations } = db.tables;
  const at = page.after;
  const rows = await db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.letterId, letterId),
        at ? sql`(${invitations.createdAt}, ${invitations.id}) < (${sql.param(at.createdAt, invitations.createdAt)}, ${at.id})` : undefined,
      ),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(page.limit);
  const last = await findLastMailStates(
    db,
    LINK_MAILS,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, mailState: last.get(row.id) ?? null }));
}

const movedInvitation = preparedShape(
  (tx: Tx, given: Given<{ readonly sought: string }>, from: readonly InvitationStatus[], changed: readonly string[]) => {
    const { invitations } = tx.tables;
    return tx
      .update(invitations)
      .set(givenEach(invitations, changed))
      .where(and(eq(invitations.id, given('sought', invitations.id)), inArray(invitations.status, [...from])))
      .returning();
  },
);

/** Changes an invitation by one guarded statement, only from one of `from`; null when somebody was faster. */
export async function moveInvitation(
  tx: Tx,
  id: string,
  from: readonly InvitationStatus[],
  change: Partial<NewInvitation>,
): Promise<InvitationRow | null> {
  const [row] = await movedInvitation(tx, [from, namesIn(change)], { ...change, sought: id });
  return row ?? null;
}

/** What the outbox tells once the first mail has left, or was refused by the mail server. Later states are not touched. */
export async function markInvitationMail(tx: Tx, id: string, state: 'sent' | 'bounced', now: Date): Promise<void> {
  await moveInvitation(
    tx,
    id,
    state === 'sent' ? ['prepared', 'bounced'] : ['prepared', 'sent'],
    state === 'sent' ? { status: 'sent', sentAt: now } : { status: 'bounced' },
  );
}

/** How many of a letter's invitations are in which state, and the first day by which one of those who decide later does. */
export async function countInvitations(
  db: Reader,
  letterId: string,
): Promise<readonly { readonly status: InvitationStatus; readonly invitations: number; readonly firstUntil: string | null }[]> {
  const { invitations } = db.tables;
  const rows = await db
    .select({ status: invitations.status, invitations: count(), firstUntil: min(invitations.consideringUntil) })
    .from(invitations)
    .where(eq(invitations.letterId, letterId))
    .groupBy(invitations.status);
  return rows;
}

/** States in which the holder of an invitation can be asked, or has answered: a mail has reached them. */
const reached: readonly InvitationStatus[] = ['sent', 'opened', 'considering', 'signed', 'declined'];

/** Invitations of a letter that others were passed on to, whose holders were reached and have not asked for no more mails. */
export async function listReachedOnward(db: Reader, letterId: string): Promise<readonly InvitationRow[]> {
  const { invitations, mailStops } = db.tables;
  const stop = db
    .select({ at: mailStops.at })
    .from(mailStops)
    .where(and(eq(mailStops.letterId, invitations.letterId), eq(mailStops.addressIndex, invitations.addressIndex)));
  return await db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.letterId, letterId),
        isNotNull(invitations.passedOnFrom),
        inArray(invitations.status, [...reached]),
        notExists(stop),
      ),
    );
}

/** Invitations of a letter that somebody passed on since. */
export async function countPassedOn(db: Reader, letterId: string, since: Date): Promise<number> {
  const { invitations } = db.tables;
  const [row] = await db
    .select({ count: count() })
    .from(invitations)
    .where(and(eq(invitations.letterId, letterId), gte(invitations.createdAt, since), isNotNull(invitations.passedOnFrom)));
  return row?.count ?? 0;
}

/** The invitations to which the holders of these passed them on, the first of them first. */
export async function listPassedOn(db: Reader, letterId: string, ids: readonly string[]): Promise<readonly InvitationRow[]> {
  const { invitations } = db.tables;
  if (ids.length === 0) return [];
  return await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.letterId, letterId), inArray(invitations.passedOnFrom, [...ids])))
    .orderBy(invitations.createdAt, invitations.id);
}
