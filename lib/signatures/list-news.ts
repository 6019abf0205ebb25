import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';

/** What has come to a list since somebody looked at it. */
export interface ListNews {
  /** Entries that came, whatever became of them. */
  readonly newer: number;
  /** Something was written in the letter's log: an entry was confirmed, approved, withdrawn, … */
  readonly changed: boolean;
}

/** How far a list is, as `readListMark` reads it: places that were taken in the order of signing, and entries of the log. */
export const listMark = ({ signatureSequence, logSize }: Pick<LetterRow, 'signatureSequence' | 'logSize'>): string =>
  `${signatureSequence}-${logSize}`;

/** A mark that went out with a page; null for anything else. */
function readListMark(text: string): { readonly places: number; readonly acts: number } | null {
  const [, places, acts] = /^(\d{1,9})-(\d{1,9})$/.exec(text) ?? [];
  return places === undefined || acts === undefined ? null : { places: Number(places), acts: Number(acts) };
}

/** One read of the letter's own row, whatever the length of the list; none for a mark that is none, null where there is no such letter. */
export async function findListNews({ store }: Instance, scope: For<LetterScope, 'read'>, mark: string): Promise<ListNews | null> {
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  if (!letter) return null;
  const seen = readListMark(mark) ?? { places: letter.signatureSequence, acts: letter.logSize };
  return { newer: Math.max(0, letter.signatureSequence - seen.places), changed: letter.logSize > seen.acts };
}
