import type { LetterStatus } from '../../db/schema/values.ts';
import { slugOf } from '../coalitions/slug.ts';
import { isDraft, isFinal } from './status.ts';

/**
 * The name a letter's file is saved under: plain ASCII, so that it needs no encoding in a header and means the same on every system.
 * `letter` where the headline has no Latin letters.
 */
export function letterFileName(letter: { readonly headline: string; readonly status: LetterStatus }, format: string): string {
  const state = isDraft(letter.status) ? '-draft' : isFinal(letter.status) ? '' : '-not-final';
  return `${slugOf(letter.headline, 'letter')}${state}.${format}`;
}
