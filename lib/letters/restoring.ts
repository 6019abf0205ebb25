import { findDraftSave, findLetterText, holdLetterRow } from '../../db/queries/drafts.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { keepEarlier } from './draft-saves.ts';
import { FieldChecker } from './field-checker.ts';
import { settingsContent, settingsFrom, textContent } from './save-content.ts';
import { type SaveRefusal, writeSettings, writeText } from './saving.ts';
import { isDraft } from './status.ts';
import { checkText } from './text-schema.ts';

/** `not-acceptable`: it was set aside as it was typed, and no letter may hold it as it is. */
export type RestoreRefusal = SaveRefusal | 'not-acceptable';

/**
 * Puts a save back in its place, as a new save over the revision that was seen. Of settings everything comes back but which text is the
 * authentic one: what that hangs on may have changed since.
 * @returns the part that was restored
 */
export async function restoreSave(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  seen: { readonly number: number; readonly revision: number },
  now: Date,
): Promise<Result<{ readonly language: string | null }, RestoreRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    const save = letter && (await findDraftSave(tx, letter.id, seen.number));
    if (!letter || !save) return refusal('not-found');
    if (!isDraft(letter.status)) return refusal('not-a-draft');
    if (save.part === 'settings' || save.language === null) {
      if (letter.settingsRevision !== seen.revision) return refusal('stale');
      const settings = settingsFrom(settingsContent.parse(save.content));
      await writeSettings(tx, instance, scope, { letter, settings, kind: 'restored' }, now);
      return success({ language: null });
    }
    const { language } = save;
    const stored = await findLetterText(tx, letter.id, language);
    if ((stored?.revision ?? 0) !== seen.revision) return refusal('stale');
    const content = textContent.parse(save.content);
    const checker = new FieldChecker();
    checkText(checker, content);
    if (checker.faults.length > 0) return refusal('not-acceptable');
    if (stored) await keepEarlier(tx, instance, stored);
    const basedOn = language === letter.authenticLanguage ? null : content.basedOn;
    await writeText(tx, instance, scope, { letter, stored, language, content: { ...content, basedOn }, kind: 'restored' }, now);
    return success({ language });
  });
}
