import { isDeepStrictEqual } from 'node:util';
import { holdLetterRow } from '../../db/queries/drafts.ts';
import { type LetterRow, moveLetter } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue } from '../shared/canonical-json.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { type BlockRefusal, hindranceToBlock } from './block-access.ts';
import { type BlockInput, blockToStore } from './block-schema.ts';
import { keepEarlierSettings, keepSave, setAside } from './draft-saves.ts';
import { logLetter } from './drafting.ts';
import { contentOfSettings, contentOfSettingsRow } from './save-content.ts';

/** A form of the block, with the revision of the letter's settings that it was typed over. */
export interface TypedBlock {
  readonly block: BlockInput;
  readonly revision: number;
}

/**
 * Sets the signatory block over the revision of the letter's settings that its page showed. `stale`: somebody saved them in the meantime.
 * Whatever refuses it, what was typed is set aside in the letter's history.
 * @returns the new revision
 */
export async function saveBlock(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  save: TypedBlock,
  now: Date,
): Promise<Result<{ readonly revision: number }, BlockRefusal | 'stale'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    const { block, content, same } = contentsOf(letter, save);
    const hindrance = hindranceToBlock(letter, scope) ?? (letter.settingsRevision === save.revision || same ? null : 'stale');
    if (hindrance) {
      if (!same) await setAside(tx, instance, scope, { part: 'settings', language: null, revision: save.revision, content }, now);
      return refusal(hindrance);
    }
    if (same) return success({ revision: letter.settingsRevision });
    return success({ revision: await writeBlock(tx, instance, scope, { letter, block, kind: 'saved' }, now) });
  });
}

export interface BlockWrite {
  /** Held. */
  readonly letter: LetterRow;
  readonly block: GivenBlockSettings;
  readonly kind: 'saved' | 'restored';
}

/** Writes the block alone, its save among those of the settings, and the log. @returns the revision made */
export async function writeBlock(
  tx: Tx,
  instance: Instance,
  scope: Pick<LetterScope, 'coalitionId' | 'letterId' | 'memberId'>,
  { letter, block, kind }: BlockWrite,
  now: Date,
): Promise<number> {
  const before = contentOfSettingsRow(letter);
  const content = contentOfSettings({ ...letter, block }, letter.authenticLanguage);
  await keepEarlierSettings(tx, instance, letter);
  const revision = letter.revision + 1;
  const guard = { from: [letter.status], revision: letter.revision };
  // Its list may stand in another order now.
  const moved = await moveLetter(tx, letter.id, guard, { block, revision, settingsRevision: revision, rankedAs: null, updatedAt: now });
  if (!moved) throw new Error('a letter moved while it was held');
  await keepSave(tx, instance, scope, { kind, part: 'settings', language: null, revision, content }, now);
  const record = { part: 'block', revision, before: before.block, after: content.block } as unknown as JsonValue;
  await logLetter(tx, instance, scope, { type: 'letter-settings-changed', record }, now);
  return revision;
}

/** The settings as they stand, and as they would with this block. */
function contentsOf(letter: LetterRow, typed: TypedBlock) {
  const block = blockToStore(typed.block, letter.block as GivenBlockSettings, letter.authenticLanguage);
  const before = contentOfSettingsRow(letter);
  const content = contentOfSettings({ ...letter, block }, letter.authenticLanguage);
  return { block, content, same: isDeepStrictEqual(before, content) };
}

/** Keeps what a member chose and lets go of, since they take what somebody else has saved. */
export async function setAsideBlock(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  typed: TypedBlock,
  now: Date,
): Promise<Result<null, 'not-found'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    const { content, same } = contentsOf(letter, typed);
    if (!same) await setAside(tx, instance, scope, { part: 'settings', language: null, revision: typed.revision, content }, now);
    return success(null);
  });
}
