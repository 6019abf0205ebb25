import type { LetterStatus, Release } from '../../db/schema/values.ts';
import { isDraft } from './status.ts';

/** What of a letter decides who may see it. */
export interface ReleasedLetter {
  readonly status: LetterStatus;
  readonly release: Release;
  readonly releaseAt: Date | null;
}

/**
 * Whether everybody may read a letter, at this moment: a date of release is compared here, wherever it is asked. What a job writes down
 * afterwards changes nothing about it. A draft is nobody's but the coalition's, and a withdrawn letter shows only that it was.
 */
export const isPublic = ({ status, release, releaseAt }: ReleasedLetter, now: Date): boolean =>
  !isDraft(status) && status !== 'withdrawn' && (release === 'public' || (releaseAt !== null && releaseAt <= now));

/** Whether everybody could read a letter at the moment it was withdrawn: then everybody may know that it was. */
export const wasPublic = ({ status, release, releaseAt, withdrawnAt }: ReleasedLetter & { readonly withdrawnAt: Date | null }): boolean =>
  status === 'withdrawn' && (release === 'public' || (releaseAt !== null && withdrawnAt !== null && releaseAt <= withdrawnAt));

/** The ways a letter's release can be set. */
export const releaseChoices = ['invited-only', 'delivery', 'at', 'now'] as const;
export type ReleaseChoice = (typeof releaseChoices)[number];

/** The way a letter's release is set at this moment. */
export function releaseChoiceOf(
  letter: ReleasedLetter & { readonly publicAt: 'opening' | 'delivery' | 'by-hand' },
  now: Date,
): ReleaseChoice {
  if (letter.release === 'public' || isPublic(letter, now)) return 'now';
  if (letter.releaseAt !== null) return 'at';
  return letter.publicAt === 'delivery' && letter.status !== 'delivered' ? 'delivery' : 'invited-only';
}
