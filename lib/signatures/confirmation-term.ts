import type { Ends } from '../../db/queries/unconfirmed.ts';

const HOUR = 3_600_000;

/** A link to confirm by works this long after the deadline: whoever signed in time and reads the mail after the weekend still counts. */
const AFTER_DEADLINE = 72 * HOUR;

/** Where a letter has no deadline, what nobody confirms goes after this. */
const WITHOUT_DEADLINE = 14 * 24 * HOUR;

/**
 * Until when a signing may be confirmed; after it the signing and its address are deleted.
 * @param signedAt when the form was sent
 */
export function confirmationEnds({ deadlineAt }: { readonly deadlineAt: Date | null }, signedAt: Date): Date {
  const longest = signedAt.getTime() + WITHOUT_DEADLINE;
  return new Date(deadlineAt === null ? longest : Math.min(longest, deadlineAt.getTime() + AFTER_DEADLINE));
}

/** What ends by that moment, as the database asks for it. */
export const endingBy = (at: Date): Ends => ({
  signedBefore: new Date(at.getTime() - WITHOUT_DEADLINE),
  deadlineBefore: new Date(at.getTime() - AFTER_DEADLINE),
});
