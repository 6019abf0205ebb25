import { findDraftSave, findLetterText, findSettingsSave, holdLetterRow } from '../../db/queries/drafts.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { type BlockRefusal, hindranceToBlock } from './block-access.ts';
import { writeBlock } from './block-settings.ts';
import { keepEarlier } from './draft-saves.ts';
import { FieldChecker } from './field-checker.ts';
import { settingsContent, settingsFrom, textContent } from './save-content.ts';
import { type SaveRefusal, writeSettings, writeText } from './saving.ts';
import { headingsUnder } from './settings.ts';
import { isDraft } from './status.ts';
import { checkText } from './text-schema.ts';

/** `not-acceptable`: it was set aside as it was typed, and no letter may hold it as it is. */
export type RestoreRefusal = SaveRefusal | BlockRefusal | 'not-acceptable';

/** What was restored: of settings the block alone, where the letter is no draft any more. */
export interface Restored {
  readonly part: 'text' | 'settings' | 'block';
  readonly language: string | null;
}

/**
 * Puts a save back in its place, as a new save over the revision that was seen. Of settings everything comes back but which text is the
 * authentic one: what that hangs on may have changed since. Each heading stays with its language. From the freeze on the block alone comes
 * back, for as long as it may still be set, and by those who may set it.
 */
export async function restoreSave(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  seen: { readonly number: number; readonly revision: number },
  now: Date,
): Promise<Result<Restored, RestoreRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    const save = letter && (await findDraftSave(tx, letter.id, seen.number));
    if (!letter || !save) return refusal('not-found');
    const draft = isDraft(letter.status);
    if (save.part === 'settings' || save.language === null) {
      const hindrance = draft ? null : hindranceToBlock(letter, scope);
      if (hindrance) return refusal(hindrance);
      if (letter.settingsRevision !== seen.revision) return refusal('stale');
      const content = settingsContent.parse(save.content);
      const given = settingsFrom(content);
      const before = await standingLanguage(tx, letter, content.authenticLanguage);
      const after = letter.authenticLanguage;
      const settings = before === after ? given : { ...given, block: headingsUnder({ before, after }, given.block) };
      if (!draft) {
        await writeBlock(tx, instance, scope, { letter, block: settings.block, kind: 'restored' }, now);
        return success({ part: 'block', language: null });
      }
      await writeSettings(tx, instance, scope, { letter, settings, kind: 'restored' }, now);
      return success({ part: 'settings', language: null });
    }
    if (!draft) return refusal('not-a-draft');
    const { language } = save;
    const stored = await findLetterText(tx, letter.id, language);
    if ((stored?.revision ?? 0) !== seen.revision) return refusal('stale');
    const content = textContent.parse(save.content);
    const checker = new FieldChecker();
    checkText(checker, content);
    if (checker.faults.length > 0) return refusal('not-acceptable');
    if (stored) await keepEarlier(tx, instance, stored);
    // Its number is a revision of the text that was the authentic one then, and says nothing of another.
    const followed = (await authenticAt(tx, letter, save.number)) === letter.authenticLanguage;
    const basedOn = followed && language !== letter.authenticLanguage ? content.basedOn : null;
    await writeText(tx, instance, scope, { letter, stored, language, content: { ...content, basedOn }, kind: 'restored' }, now);
    return success({ part: 'text', language });
  });
}

/** The language in which the text stands today that was the authentic one when a save was made. */
async function authenticAt(tx: Tx, letter: LetterRow, number: number): Promise<string> {
  const save = await findSettingsSave(tx, letter.id, number);
  return save ? await standingLanguage(tx, letter, settingsContent.parse(save.content).authenticLanguage) : letter.authenticLanguage;
}

/** The same of a language that a save of the settings names. */
async function standingLanguage(tx: Tx, letter: LetterRow, language: string): Promise<string> {
  const last = await findSettingsSave(tx, letter.id, null);
  // Another text becomes the authentic one by a save of the settings alone: without one, it was the language of that text that was mended.
  return last && settingsContent.parse(last.content).authenticLanguage === language ? letter.authenticLanguage : language;
}
