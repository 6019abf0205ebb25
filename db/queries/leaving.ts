import { and, asc, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { type Given, prepared, preparedShape } from '../prepared.ts';
import type { LetterStatus, MailState } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';
import { isOneOf, type Listed, sizeOf, valuesOf } from './id-lists.ts';

/** Mails on their way out of the outbox: which are next, whose they are for now, and how they ended. */

interface Moment {
  readonly now: Date;
}

const dueAt = ({ tables: { outbox } }: Reader, given: Given<Moment>) => {
  const { claimedUntil, runAt } = outbox;
  return and(
    // Literal, so that the indexes of what waits are used.
    sql`state = 'queued'`,
    lte(runAt, given('now', runAt)),
    or(isNull(claimedUntil), lte(claimedUntil, given('now', claimedUntil))),
  );
};

const anyDue = prepared((db: Reader, given: Given<Moment>) => {
  const { outbox } = db.tables;
  return db.select({ id: outbox.id }).from(outbox).where(dueAt(db, given)).limit(1);
});

/** Whether any mail waits to go: asked every few seconds, so it takes no lock. */
export async function hasDueMail(db: Reader, now: Date): Promise<boolean> {
  return (await anyDue(db, { now })).length > 0;
}

interface Locking<Query> {
  for?(strength: 'update', how: { readonly skipLocked: true }): Query;
}

/**
 * On PostgreSQL rows that somebody else holds at this moment are left out: who waited for several rows, and was waited for, would be
 * ended by the server, and that might be a visitor's own change. Where there is one writer nobody else holds any.
 */
const leavingLocked = <Query>(query: Query): Query => (query as Locking<Query>).for?.('update', { skipLocked: true }) ?? query;

export interface DueMail {
  readonly id: string;
  readonly priority: number;
}

const nextOfPriority = preparedShape((tx: Tx, given: Given<Moment & { readonly priority: number }>, most: number) => {
  const { id, priority, runAt } = tx.tables.outbox;
  return leavingLocked(
    tx
      .select({ id, priority })
      .from(tx.tables.outbox)
      .where(and(eq(priority, given('priority', priority)), dueAt(tx, given)))
      .orderBy(asc(runAt), asc(id))
      .limit(most),
  );
});

/**
 * Mails that are due, the lowest priority first. Each priority is sought by itself, in the order of its index: one order over all of them
 * would look at every mail that waits, and those of a mailing all wait since the same moment.
 * @param last highest priority that may go now
 * @param most of the code's own numbers: for each one a query is kept
 */
export async function listDueMails(tx: Tx, now: Date, last: number, most: number): Promise<readonly DueMail[]> {
  const found: DueMail[] = [];
  for (let priority = 0; priority <= last && found.length < most; priority++) {
    found.push(...(await nextOfPriority(tx, [most], { priority, now })));
  }
  return found.slice(0, most);
}

type Claim = Listed & Moment & { readonly until: Date };

const claim = preparedShape((tx: Tx, given: Given<Claim>, size: number) => {
  const { outbox } = tx.tables;
  const { id, kind, coalitionId, letterId, invitationId, signingId, sealed, attempts, createdAt } = outbox;
  return tx
    .update(outbox)
    .set({ claimedUntil: given('until', outbox.claimedUntil), attempts: sql`${attempts} + 1` })
    .where(and(isOneOf(outbox.id, given as Given<Listed>, size), dueAt(tx, given)))
    .returning({ id, kind, coalitionId, letterId, invitationId, signingId, sealed, attempts, createdAt });
});

/** Claims mails by one guarded statement, so that two workers never send the same one at once. @returns them in the order asked for */
export async function claimMails(tx: Tx, ids: readonly string[], now: Date, until: Date) {
  if (ids.length === 0) return [];
  const rows = await claim(tx, [sizeOf(ids)], { ...valuesOf(ids), now, until });
  return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

const claimed = prepared((db: Reader, given: Given<{ readonly id: string; readonly until: Date }>) => {
  const { id, claimedUntil } = db.tables.outbox;
  return db
    .select({ id })
    .from(db.tables.outbox)
    .where(and(eq(id, given('id', id)), eq(claimedUntil, given('until', claimedUntil) as SQL<Date>), sql`state = 'queued'`));
});

/** Whether a mail still waits for whoever claimed it until then. */
export async function isClaimed(db: Reader, id: string, until: Date): Promise<boolean> {
  return (await claimed(db, { id, until })).length > 0;
}

const handBack = preparedShape((tx: Tx, given: Given<Listed & { readonly until: Date }>, size: number) => {
  const { outbox } = tx.tables;
  return tx
    .update(outbox)
    .set({ claimedUntil: null, attempts: sql`${outbox.attempts} - 1` })
    .where(
      and(
        isOneOf(outbox.id, given as Given<Listed>, size),
        sql`state = 'queued'`,
        eq(outbox.claimedUntil, given('until', outbox.claimedUntil) as SQL<Date>),
      ),
    );
});

/** Hands mails back that were claimed until then and not tried; those that somebody else has claimed since are theirs. */
export async function handMailsBack(tx: Tx, ids: readonly string[], until: Date): Promise<void> {
  const free = await unlocked(tx, ids);
  // Held by somebody who ends it, or changes what it belongs to; otherwise it is due again when its claim ends.
  if (free.length > 0) await handBack(tx, [sizeOf(free)], { ...valuesOf(free), until });
}

const notLocked = preparedShape((tx: Tx, given: Given<Listed>, size: number) => {
  const { outbox } = tx.tables;
  return leavingLocked(
    tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(isOneOf(outbox.id, given, size)),
  );
});

/** Of several those that nobody else holds, and that are held from now on. */
export async function unlocked(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length < 2) return ids;
  return (await notLocked(tx, [sizeOf(ids)], valuesOf(ids))).map(({ id }) => id);
}

export type EndState = Extract<MailState, 'sent' | 'kept' | 'refused' | 'failed'>;

interface End {
  readonly state: EndState;
  readonly endedAt: Date;
  readonly lastError: string | null;
}

/** A claim that ran out lets a second worker end the mail first: what it wrote stands. */
const ending = preparedShape((tx: Tx, given: Given<Listed & End>, size: number, wiped: boolean) => {
  const { outbox } = tx.tables;
  return tx
    .update(outbox)
    .set({
      state: given('state', outbox.state),
      ...(wiped ? { sealed: null } : {}),
      claimedUntil: null,
      endedAt: given('endedAt', outbox.endedAt),
      lastError: given('lastError', outbox.lastError),
    })
    .where(and(isOneOf(outbox.id, given as Given<Listed>, size), sql`state = 'queued'`))
    .returning({ id: outbox.id });
});

/**
 * Ends mails and wipes their content, live tokens and all, in the same statement. Those that are kept for the local mail page keep it:
 * the one exception.
 * @param ids of several, such as are `unlocked`
 * @returns whom it ended, and not who was dropped meanwhile
 */
export async function endMails(tx: Tx, ids: readonly string[], end: End): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  return (await ending(tx, [sizeOf(ids), end.state !== 'kept'], { ...valuesOf(ids), ...end })).map(({ id }) => id);
}

/** What of a letter decides whether a mail of it may still leave. */
export interface MailLetter {
  readonly status: LetterStatus;
  readonly sample: boolean;
  readonly deadlineAt: Date | null;
}

const letterOfMail = prepared((db: Reader, given: Given<{ readonly id: string }>) => {
  const { id, status, sample, deadlineAt, deletedAt } = db.tables.letters;
  return db
    .select({ status, sample, deadlineAt })
    .from(db.tables.letters)
    .where(and(eq(id, given('id', id)), isNull(deletedAt)))
    .limit(1);
});

/** Null where the letter is gone. */
export async function findMailLetter(db: Reader, id: string): Promise<MailLetter | null> {
  const [row] = await letterOfMail(db, { id });
  return row ?? null;
}

const signingOfMail = prepared((db: Reader, given: Given<{ readonly letterId: string; readonly id: string }>) => {
  const { signings, signatures } = db.tables;
  return db
    .select({ confirmedAt: signings.confirmedAt, addressIndex: signings.addressIndex, status: signatures.status })
    .from(signings)
    .leftJoin(signatures, eq(signatures.signingId, signings.id))
    .where(and(eq(signings.letterId, given('letterId', signings.letterId)), eq(signings.id, given('id', signings.id))));
});

/** What of a signing decides whether a mail about it is still wanted; null where there is none. */
export async function findMailSigning(db: Reader, letterId: string, id: string) {
  const rows = await signingOfMail(db, { letterId, id });
  const [first] = rows;
  if (!first) return null;
  const { confirmedAt, addressIndex } = first;
  return { signing: { confirmedAt, addressIndex }, signatures: rows.flatMap(({ status }) => (status === null ? [] : [{ status }])) };
}
