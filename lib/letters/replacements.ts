import { findLetter, type LetterRow, listLetterTexts, listReplacements } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';

/** As many letters as a list to choose from holds. */
const MOST_OPTIONS = 50;

/** A letter that may stand in a withdrawn one's place, or does. */
export interface ReplacementOption {
  readonly id: string;
  readonly headline: string;
  readonly status: LetterRow['status'];
}

/** The letters to choose from, the last changed first. */
export async function viewReplacementOptions(
  { store }: Pick<Instance, 'store'>,
  { coalitionId, letterId }: For<LetterScope, 'run'>,
): Promise<readonly ReplacementOption[]> {
  const rows = await listReplacements(store.read, coalitionId, MOST_OPTIONS + 1);
  return rows
    .filter(({ letter }) => letter.id !== letterId)
    .slice(0, MOST_OPTIONS)
    .map(({ letter, headline }) => ({ id: letter.id, headline, status: letter.status }));
}

/** Both ends of a replacement; null where there is none, or that letter was deleted. */
export interface ReplacementLinks {
  readonly replacedBy: ReplacementOption | null;
  readonly replaces: ReplacementOption | null;
}

export async function viewReplacements(
  { store }: Pick<Instance, 'store'>,
  { coalitionId }: LetterScope,
  letter: Pick<LetterRow, 'replacedBy' | 'replaces'>,
): Promise<ReplacementLinks> {
  async function find(id: string | null): Promise<ReplacementOption | null> {
    const other = id === null ? null : await findLetter(store.read, coalitionId, id);
    if (!other) return null;
    const [text] = await listLetterTexts(store.read, other);
    return { id: other.id, headline: text?.headline ?? '', status: other.status };
  }
  return { replacedBy: await find(letter.replacedBy), replaces: await find(letter.replaces) };
}
