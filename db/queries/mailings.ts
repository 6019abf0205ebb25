import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, lte, notExists, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { MailingKind, SignatureStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';
import type { InvitationRow } from './invitations.ts';
import type { LetterRow } from './letters.ts';

export type MailingRow = Reader['tables']['mailings']['$inferSelect'];

/** Writes a mail to many down; false where that round was before. */
export async function insertMailing(tx: Tx, mailing: Tx['tables']['mailings']['$inferInsert']): Promise<boolean> {
  const { mailings } = tx.tables;
  return (await tx.insert(mailings).values(mailing).onConflictDoNothing().returning({ id: mailings.id })).length === 1;
}

export async function findMailing(db: Reader, id: string): Promise<MailingRow | null> {
  const { mailings } = db.tables;
  const [row] = await db.select().from(mailings).where(eq(mailings.id, id)).limit(1);
  return row ?? null;
}

export async function hasMailing(db: Reader, letterId: string, kind: MailingKind, mark: string): Promise<boolean> {
  const { mailings } = db.tables;
  const rows = await db
    .select({ id: mailings.id })
    .from(mailings)
    .where(and(eq(mailings.letterId, letterId), eq(mailings.kind, kind), eq(mailings.mark, mark)))
    .limit(1);
  return rows.length === 1;
}

/** Moves a mailing on; false where another worker was faster, and then nothing of this piece may be kept. */
export async function moveMailing(
  tx: Tx,
  from: Pick<MailingRow, 'id' | 'after'>,
  to: { readonly after: string; readonly queued: number; readonly endedAt: Date | null },
): Promise<boolean> {
  const { mailings } = tx.tables;
  const rows = await tx
    .update(mailings)
    .set({ after: to.after, queued: sql`${mailings.queued} + ${to.queued}`, endedAt: to.endedAt })
    .where(and(eq(mailings.id, from.id), eq(mailings.after, from.after), isNull(mailings.endedAt)))
    .returning({ id: mailings.id });
  return rows.length === 1;
}

/** Who is reminded. */
export interface Remindable {
  readonly letterId: string;
  /** ISO date in the letter's zone: whoever named a day before it is asked again. */
  readonly today: string;
  /** Also whoever named a day that is still to come. */
  readonly considering: boolean;
  /** No second mail to whoever had one since. */
  readonly quietSince: Date;
  /** Invitations that another answers now. */
  readonly except: readonly string[];
}

function isRemindable(db: Reader, { letterId, today, considering, quietSince, except }: Remindable): SQL | undefined {
  const { invitations, mailStops } = db.tables;
  const stop = db
    .select({ at: mailStops.at })
    .from(mailStops)
    .where(and(eq(mailStops.letterId, invitations.letterId), eq(mailStops.addressIndex, invitations.addressIndex)));
  return and(
    eq(invitations.letterId, letterId),
    eq(invitations.channel, 'mail'),
    isNotNull(invitations.addressIndex),
    or(
      inArray(invitations.status, ['sent', 'opened']),
      and(eq(invitations.status, 'considering'), considering ? undefined : lt(invitations.consideringUntil, today)),
    ),
    lte(
      sql`coalesce(${invitations.remindedAt}, ${invitations.sentAt}, ${invitations.createdAt})`,
      sql.param(quietSince, invitations.createdAt),
    ),
    notExists(stop),
    notInArray(invitations.id, [...except]),
  );
}

export async function listRemindable(
  db: Reader,
  who: Remindable,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly InvitationRow[]> {
  const { invitations } = db.tables;
  return await db
    .select()
    .from(invitations)
    .where(and(isRemindable(db, who), gt(invitations.id, page.after)))
    .orderBy(asc(invitations.id))
    .limit(page.limit);
}

export async function countRemindable(db: Reader, who: Remindable): Promise<number> {
  const { invitations } = db.tables;
  const [row] = await db.select({ invitations: count() }).from(invitations).where(isRemindable(db, who));
  return row?.invitations ?? 0;
}

export async function markReminded(tx: Tx, id: string, change: { readonly now: Date; readonly until?: string | null }): Promise<void> {
  const { invitations } = tx.tables;
  await tx
    .update(invitations)
    .set({
      reminded: sql`${invitations.reminded} + 1`,
      remindedAt: change.now,
      ...(change.until === undefined ? {} : { remindedUntil: change.until }),
    })
    .where(eq(invitations.id, id));
}

/** Invitations to open letters whose holders named a day that is over, and were not told so yet. @param before a day that is over anywhere */
export async function listOverdueDeciders(db: Reader, before: string, limit: number): Promise<readonly InvitationRow[]> {
  const { invitations, letters } = db.tables;
  const rows = await db
    .select({ invitation: invitations })
    .from(invitations)
    .innerJoin(letters, eq(letters.id, invitations.letterId))
    .where(
      and(
        sql`${invitations.status} = 'considering'`,
        lt(invitations.consideringUntil, before),
        or(isNull(invitations.remindedUntil), sql`${invitations.remindedUntil} <> ${invitations.consideringUntil}`),
        eq(letters.status, 'open'),
        eq(letters.sample, false),
        isNull(letters.deletedAt),
      ),
    )
    .orderBy(asc(invitations.consideringUntil))
    .limit(limit);
  return rows.map(({ invitation }) => invitation);
}

/** Open letters whose deadline lies between two moments. */
export async function listNearDeadlines(db: Reader, from: Date, to: Date) {
  const { letters } = db.tables;
  return await db
    .select({
      id: letters.id,
      zone: letters.zone,
      deadlineAt: letters.deadlineAt,
      policies: letters.policies,
      coalitionId: letters.coalitionId,
    })
    .from(letters)
    .where(
      and(
        eq(letters.status, 'open'),
        eq(letters.sample, false),
        isNull(letters.deletedAt),
        gt(letters.deadlineAt, from),
        lte(letters.deadlineAt, to),
      ),
    );
}

/** Signings with an entry in one of these states, whose address wants mails; those of a batch have none. */
export async function listSigners(
  db: Reader,
  letterId: string,
  statuses: readonly SignatureStatus[],
  page: { readonly after: string; readonly limit: number },
) {
  const { signings, signatures, mailStops } = db.tables;
  const live = db
    .select({ id: signatures.id })
    .from(signatures)
    .where(and(eq(signatures.signingId, signings.id), inArray(signatures.status, [...statuses])));
  const stop = db
    .select({ at: mailStops.at })
    .from(mailStops)
    .where(and(eq(mailStops.letterId, signings.letterId), eq(mailStops.addressIndex, signings.addressIndex)));
  return await db
    .select()
    .from(signings)
    .where(
      and(eq(signings.letterId, letterId), gt(signings.id, page.after), isNull(signings.batchId), sql`exists ${live}`, notExists(stop)),
    )
    .orderBy(asc(signings.id))
    .limit(page.limit);
}

/** What a letter's mails say of their own. */
export async function storeLetterMails(tx: Tx, letterId: string, mails: LetterRow['mails']): Promise<void> {
  const { letters } = tx.tables;
  await tx.update(letters).set({ mails }).where(eq(letters.id, letterId));
}
