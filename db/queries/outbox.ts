import { and, asc, count, desc, eq, inArray, lte, ne, or, sql } from 'drizzle-orm';
import { type Given, givenEach, insertRow, namesIn, preparedShape } from '../prepared.ts';
import type { MailState } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

export async function insertMail(tx: Tx, mail: Tx['tables']['outbox']['$inferInsert']): Promise<void> {
  await insertRow(tx, 'outbox', mail);
}

/** Literal, so that the indexes of what waits are used. */
const WAITING = sql`state = 'queued'`;

/** A claim that ran out lets a second worker end the mail first: what it wrote stands. */
const changedMail = preparedShape((tx: Tx, given: Given<{ readonly sought: string }>, changed: readonly string[]) => {
  const { outbox } = tx.tables;
  return tx
    .update(outbox)
    .set(givenEach(outbox, changed))
    .where(and(eq(outbox.id, given('sought', outbox.id)), eq(outbox.state, 'queued')));
});

async function changeUnended(tx: Tx, id: string, change: Partial<Tx['tables']['outbox']['$inferInsert']>): Promise<void> {
  await changedMail(tx, [namesIn(change)], { ...change, sought: id });
}

/** Ends a mail and wipes its content, live token and all, in the same statement. */
export async function endMail(
  tx: Tx,
  id: string,
  state: Extract<MailState, 'sent' | 'refused' | 'failed'>,
  now: Date,
  lastError: string | null,
) {
  await changeUnended(tx, id, { state, sealed: null, claimedUntil: null, endedAt: now, lastError });
}

export async function postponeMail(tx: Tx, id: string, runAt: Date, lastError: string) {
  await changeUnended(tx, id, { runAt, claimedUntil: null, lastError });
}

/** What a mail may belong to. */
export type MailOwner = { readonly invitationId: string } | { readonly signingId: string };

const ownedBy = ({ tables: { outbox } }: Reader, owner: MailOwner) =>
  'invitationId' in owner ? eq(outbox.invitationId, owner.invitationId) : eq(outbox.signingId, owner.signingId);

/** Ends the mails of some kinds that have not left, and wipes them: nobody wants them any more. */
export async function dropWaitingMails(tx: Tx, owner: MailOwner, kinds: readonly string[], now: Date, reason: string): Promise<void> {
  const { outbox } = tx.tables;
  await tx
    .update(outbox)
    .set({ state: 'failed', sealed: null, claimedUntil: null, endedAt: now, lastError: reason })
    .where(and(ownedBy(tx, owner), eq(outbox.state, 'queued'), inArray(outbox.kind, [...kinds])));
}

/** The mails of some kinds that belong to a signing and have not left. */
export async function listWaitingMails(db: Reader, signingId: string, kinds: readonly string[]) {
  const { outbox } = db.tables;
  return await db
    .select({ id: outbox.id, sealed: outbox.sealed })
    .from(outbox)
    .where(and(sql`signing_id is not null`, ownedBy(db, { signingId }), WAITING, inArray(outbox.kind, [...kinds])));
}

/** Deletes a mail that is not to leave, in the transaction that queued it. */
export async function deleteMail(tx: Tx, id: string): Promise<void> {
  await tx.delete(tx.tables.outbox).where(eq(tx.tables.outbox.id, id));
}

/** Deletes every mail of a signing, whatever became of it. */
export async function deleteMailsOfSigning(tx: Tx, signingId: string): Promise<void> {
  await tx.delete(tx.tables.outbox).where(and(sql`signing_id is not null`, ownedBy(tx, { signingId })));
}

/** How many of a letter's mails wait. */
export async function countWaitingMails(db: Reader, letterId: string): Promise<number> {
  const { outbox } = db.tables;
  const [row] = await db
    .select({ mails: count() })
    .from(outbox)
    .where(and(WAITING, eq(outbox.letterId, letterId)));
  return row?.mails ?? 0;
}

/** How many mails of the whole instance go no later than those of this priority. */
export async function countMailsUpTo(db: Reader, priority: number): Promise<number> {
  const { outbox } = db.tables;
  const [row] = await db
    .select({ mails: count() })
    .from(outbox)
    .where(and(WAITING, lte(outbox.priority, priority)));
  return row?.mails ?? 0;
}

/** The highest priority among a letter's waiting mails, and the latest moment one of them is tried. */
export async function findLastWaiting(db: Reader, letterId: string): Promise<{ priority: number; runAt: Date } | null> {
  const { outbox } = db.tables;
  const [row] = await db
    .select({ priority: outbox.priority, runAt: outbox.runAt })
    .from(outbox)
    .where(and(WAITING, eq(outbox.letterId, letterId)))
    .orderBy(desc(outbox.priority), desc(outbox.runAt))
    .limit(1);
  return row ?? null;
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

/** The state of the last mail of those kinds for each of some invitations; of none, whose mail was cleared away, there is no entry. */
export async function findLastMailStates(
  db: Reader,
  kinds: readonly string[],
  invitationIds: readonly string[],
): Promise<ReadonlyMap<string, MailState>> {
  const { outbox } = db.tables;
  if (invitationIds.length === 0) return new Map();
  const rows = await db
    .select({ invitationId: outbox.invitationId, state: outbox.state })
    .from(outbox)
    .where(
      and(
        inArray(outbox.invitationId, [...invitationIds]),
        inArray(outbox.kind, [...kinds]),
        // A reminder that was dropped, since it had become pointless, is no lost mail.
        or(ne(outbox.kind, 'reminder'), ne(outbox.state, 'failed')),
      ),
    )
    .orderBy(asc(outbox.createdAt), asc(outbox.id));
  return new Map(rows.flatMap(({ invitationId, state }) => (invitationId === null ? [] : [[invitationId, state]])));
}

/** Kinds and times of the mails that belong to a signing, or to the invitation it answered, the first of them first. */
export async function listMailsAbout(db: Reader, signingId: string, invitationId: string | null) {
  const { outbox } = db.tables;
  return await db
    .select({ kind: outbox.kind, state: outbox.state, createdAt: outbox.createdAt, endedAt: outbox.endedAt })
    .from(outbox)
    .where(or(eq(outbox.signingId, signingId), invitationId === null ? undefined : eq(outbox.invitationId, invitationId)))
    .orderBy(asc(outbox.createdAt), asc(outbox.id));
}
