import { findLetterById, type LetterRow, markReplacing, moveLetter } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { startMailing } from '../mailings/start.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import { logLetter } from './drafting.ts';
import { duplicateInside } from './duplicating.ts';
import type { MoveRefusal } from './ending.ts';
import { statusesFor } from './status.ts';

/** What stands in a withdrawn letter's place: nothing, a new draft made from its text, or a letter that is there. */
export type Replacement = 'none' | 'new-draft' | { readonly letterId: string };

/** `replacement-unfit`: it is not there, of another coalition, the letter itself, withdrawn, the sample, or another's replacement already. */
export type WithdrawRefusal = MoveRefusal | 'replacement-unfit';

export interface WithdrawInput {
  /** Told to whoever signed. */
  readonly reason: string;
  readonly replacement: Replacement;
}

/**
 * Takes a letter back: its names leave every page and every file from the next request on, nobody can sign it any more, and whoever
 * signed reads why. Its text and its log stay.
 * @returns the id of the letter in its place, or null
 */
export async function withdrawLetter(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { reason, replacement }: WithdrawInput,
  now: Date,
): Promise<Result<{ readonly replacedBy: string | null }, WithdrawRefusal>> {
  return await attempt<{ readonly replacedBy: string | null }, WithdrawRefusal>(instance.store, async (tx, refuse) => {
    const change = { status: 'withdrawn', withdrawnAt: now, withdrawnReason: reason, updatedAt: now } as const;
    const withdrawn = await moveLetter(tx, scope.letterId, { from: statusesFor('withdraw') }, change);
    if (!withdrawn) return refuse('not-now');
    await startMailing(tx, instance, { letterId: scope.letterId, kind: 'withdrawal', mark: '', createdBy: scope.memberId }, now);
    await logLetter(tx, instance, scope, { type: 'letter-withdrawn', record: { reason } }, now);
    const replacedBy = await replaceInside(tx, instance, scope, withdrawn, replacement, now);
    return replacedBy === undefined ? refuse('replacement-unfit') : { replacedBy };
  });
}

/** Names what stands in the place of a letter that was withdrawn without saying so. */
export async function nameReplacement(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  replacement: Exclude<Replacement, 'none'>,
  now: Date,
): Promise<Result<{ readonly replacedBy: string | null }, WithdrawRefusal>> {
  return await attempt<{ readonly replacedBy: string | null }, WithdrawRefusal>(instance.store, async (tx, refuse) => {
    // The update locks the row: of two at once the second sees what the first has named.
    const letter = await moveLetter(tx, scope.letterId, { from: statusesFor('replace') }, { updatedAt: now });
    if (!letter || letter.coalitionId !== scope.coalitionId) return refuse('not-now');
    if (letter.replacedBy !== null && (await findLetterById(tx, letter.replacedBy))) return refuse('not-now');
    const replacedBy = await replaceInside(tx, instance, scope, letter, replacement, now);
    return replacedBy === undefined ? refuse('replacement-unfit') : { replacedBy };
  });
}

/** Links both letters to each other, each with an entry in its log. @returns undefined where that letter cannot stand in its place */
async function replaceInside(
  tx: Tx,
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  letter: LetterRow,
  replacement: Replacement,
  now: Date,
): Promise<string | null | undefined> {
  if (replacement === 'none') return null;
  const id = replacement === 'new-draft' ? await duplicateInside(tx, instance, scope, now) : replacement.letterId;
  if (id === null || id === letter.id || !(await markReplacing(tx, scope.coalitionId, id, letter.id))) return undefined;
  await moveLetter(tx, letter.id, { from: statusesFor('replace') }, { replacedBy: id });
  await logLetter(tx, instance, scope, { type: 'letter-replaced', record: { replacedBy: id } }, now);
  await logLetter(
    tx,
    instance,
    { letterId: id, memberId: scope.memberId },
    { type: 'letter-replaced', record: { replaces: letter.id } },
    now,
  );
  return id;
}
