import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import type { Reader } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { SignedIn } from '../auth/session.ts';
import { allow, type For, mayDo } from '../coalitions/access.ts';
import { type Result, refusal } from '../shared/result.ts';
import { enterLetter } from './access.ts';
import { isDraft, isFinal } from './status.ts';

/** `final`: what was handed over, or withdrawn, stays as it is. */
export type BlockRefusal = 'not-found' | 'not-allowed' | 'final';

/**
 * The signatory block lies outside the canonical text: it may change until the letter is delivered. While the letter is a draft by all
 * who write it; from the freeze on by those who run it.
 */
export function hindranceToBlock(letter: LetterRow | null, { role }: Pick<LetterScope, 'role'>): BlockRefusal | null {
  if (!letter) return 'not-found';
  if (isFinal(letter.status)) return 'final';
  return mayDo(role, isDraft(letter.status) ? 'draft' : 'run') ? null : 'not-allowed';
}

/** The gate of the block's pages and forms. The commands ask again: the letter may be frozen in between. */
export async function enterBlock(
  db: Reader,
  who: SignedIn,
  letterId: string,
): Promise<Result<For<LetterScope, 'draft'>, 'not-found' | 'not-allowed'>> {
  const scope = await enterLetter(db, who, letterId, 'read');
  if (!scope.ok) return scope;
  const letter = await findLetter(db, scope.value.coalitionId, letterId);
  if (!letter) return refusal('not-found');
  const may = mayDo(scope.value.role, isDraft(letter.status) ? 'draft' : 'run');
  return may ? allow<LetterScope, 'draft'>(scope.value, 'draft') : refusal('not-allowed');
}
