import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { MailState } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

export async function insertMail(tx: Tx, mail: Tx['tables']['outbox']['$inferInsert']): Promise<void> {
  await tx.insert(tx.tables.outbox).values(mail);
}

const dueAt = ({ tables: { outbox } }: Reader, now: Date) =>
  and(eq(outbox.state, 'queued'), lte(outbox.runAt, now), or(isNull(outbox.claimedUntil), lte(outbox.claimedUntil, now)));

/** Whether any mail waits to go: asked every few seconds, so it takes no lock. */
export async function hasDueMail(db: Reader, now: Date): Promise<boolean> {
  const { outbox } = db.tables;
  return (await db.select({ id: outbox.id }).from(outbox).where(dueAt(db, now)).limit(1)).length > 0;
}

/** Claims the next due mail by one guarded statement, so that two workers never send the same one at once; null when none is due. */
export async function claimMail(tx: Tx, now: Date, claimedUntil: Date) {
  const { outbox } = tx.tables;
  const due = dueAt(tx, now);
  // Somebody sits before their screen and waits for a sign-in link; a thousand invitations queued before it may take minutes.
  const urgent = sql`case when ${outbox.kind} = 'sign-in' then 0 else 1 end`;
  const [next] = await tx.select({ id: outbox.id }).from(outbox).where(due).orderBy(urgent, asc(outbox.runAt), asc(outbox.id)).limit(1);
  if (!next) return null;
  const [claimed] = await tx
    .update(outbox)
    .set({ claimedUntil, attempts: sql`${outbox.attempts} + 1` })
    .where(and(eq(outbox.id, next.id), due))
    .returning();
  return claimed ?? null;
}

/** A claim that ran out lets a second worker end the mail first: what it wrote stands. */
const unended = (tx: Tx, id: string) => and(eq(tx.tables.outbox.id, id), eq(tx.tables.outbox.state, 'queued'));

/** Ends a mail and wipes its content, live token and all, in the same statement. */
export async function endMail(
  tx: Tx,
  id: string,
  state: Extract<MailState, 'sent' | 'refused' | 'failed'>,
  now: Date,
  lastError: string | null,
) {
  const { outbox } = tx.tables;
  await tx.update(outbox).set({ state, sealed: null, claimedUntil: null, endedAt: now, lastError }).where(unended(tx, id));
}

/** Keeps a mail for the local mail page, content and all: the one exception to wiping. */
export async function keepMail(tx: Tx, id: string, now: Date) {
  const { outbox } = tx.tables;
  await tx.update(outbox).set({ state: 'kept', claimedUntil: null, endedAt: now }).where(unended(tx, id));
}

export async function postponeMail(tx: Tx, id: string, runAt: Date, lastError: string) {
  const { outbox } = tx.tables;
  await tx.update(outbox).set({ runAt, claimedUntil: null, lastError }).where(unended(tx, id));
}

/** Kept mails, newest first. */
export async function listKeptMails(db: Reader, limit = 50) {
  const { outbox } = db.tables;
  return await db
    .select()
    .from(outbox)
    .where(eq(outbox.state, 'kept'))
    .orderBy(sql`${outbox.createdAt} desc`, sql`${outbox.id} desc`)
    .limit(limit);
}

export async function findKeptMail(db: Reader, id: string) {
  const { outbox } = db.tables;
  const [row] = await db
    .select()
    .from(outbox)
    .where(and(eq(outbox.id, id), eq(outbox.state, 'kept')))
    .limit(1);
  return row ?? null;
}

/** The state of the last mail of that kind for each of some invitations; of none, whose mail was cleared away, there is no entry. */
export async function findLastMailStates(
  db: Reader,
  kind: 'invitation' | 'member-invitation',
  invitationIds: readonly string[],
): Promise<ReadonlyMap<string, MailState>> {
  const { outbox } = db.tables;
  if (invitationIds.length === 0) return new Map();
  const rows = await db
    .select({ invitationId: outbox.invitationId, state: outbox.state })
    .from(outbox)
    .where(and(inArray(outbox.invitationId, [...invitationIds]), eq(outbox.kind, kind)))
    .orderBy(asc(outbox.createdAt), asc(outbox.id));
  return new Map(rows.flatMap(({ invitationId, state }) => (invitationId === null ? [] : [[invitationId, state]])));
}
