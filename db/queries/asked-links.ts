import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, lte, not, or, sql } from 'drizzle-orm';
import type { Reader } from '../store.ts';
import type { Ends } from './unconfirmed.ts';

/**
 * Acts by a link from hand to hand that wait for the address their signatory gave last, of letters that may still be signed or confirmed.
 * @param reminders they had fewer mails than that beside the first
 * @param ended what was given before, or waits under a letter whose deadline was before, may be confirmed no more
 * @param due what was given before, or waits under a letter whose deadline was before, is to be reminded of
 */
export async function listAskedUnreminded(
  db: Reader,
  reminders: number,
  ended: Ends,
  due: Pick<Ends, 'signedBefore'> & { readonly deadlineBefore: Date | null },
  limit: number,
) {
  const { signings, letters, links } = db.tables;
  const asked = (...more: Parameters<typeof and>) =>
    exists(
      db
        .select({ id: links.id })
        .from(links)
        .where(
          and(eq(links.signingId, signings.id), eq(links.kind, 'confirmation'), isNull(links.revokedAt), isNotNull(links.sealed), ...more),
        ),
    );
  return await db
    .select({ id: signings.id, letterId: signings.letterId })
    .from(signings)
    .innerJoin(letters, eq(letters.id, signings.letterId))
    .where(
      and(
        sql`${signings.confirmedAt} is null`,
        eq(signings.proof, 'confirmation'),
        isNotNull(signings.invitationId),
        lte(signings.reminded, reminders - 1),
        inArray(letters.status, ['open', 'closed']),
        eq(letters.sample, false),
        isNull(letters.deletedAt),
        or(isNull(letters.deadlineAt), gt(letters.deadlineAt, ended.deadlineBefore)),
        asked(gt(links.createdAt, ended.signedBefore)),
        or(
          not(asked(gt(links.createdAt, due.signedBefore))),
          due.deadlineBefore === null ? undefined : lte(letters.deadlineAt, due.deadlineBefore),
        ),
      ),
    )
    .orderBy(asc(signings.createdAt), asc(signings.id))
    .limit(limit);
}
