import { findMember } from '../../db/queries/coalitions.ts';
import { findLetterById, type LetterRow } from '../../db/queries/letters.ts';
import type { Reader } from '../../db/store.ts';
import { type LetterScope, mintLetterScope } from '../access/scope.ts';
import type { SignedIn } from '../auth/session.ts';
import { allow, type For, type MemberAct } from '../coalitions/access.ts';
import { isId } from '../shared/ids.ts';
import { type Result, refusal } from '../shared/result.ts';

/**
 * Reads letter and membership anew and decides. A letter of another coalition does not differ from none: its id must not tell that it
 * exists.
 */
export async function enterLetter<Act extends MemberAct>(
  db: Reader,
  who: SignedIn,
  letterId: string,
  act: Act,
): Promise<Result<For<LetterScope, Act>, 'not-found' | 'not-allowed'>> {
  const letter = isId('let', letterId) ? await findLetterById(db, letterId) : null;
  const member = letter && (await findMember(db, letter.coalitionId, who.person.id));
  if (!letter || !member) return refusal('not-found');
  return allow(scopeOf(letter, member), act);
}

const scopeOf = (letter: LetterRow, member: { readonly id: string; readonly role: LetterScope['role'] }): LetterScope =>
  mintLetterScope({ coalitionId: letter.coalitionId, letterId: letter.id, memberId: member.id, role: member.role });
