import { changeLetterText, deleteLetterText, findLetterText, holdLetterRow } from '../../db/queries/drafts.ts';
import { type LetterRow, type LetterTextRow, listLetterTexts } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { keepEarlier } from './draft-saves.ts';
import { logLetter } from './drafting.ts';
import { ownRepresentativePrinted } from './presets.ts';
import { nextRevision, type SaveRefusal, writeSettings } from './saving.ts';
import { headingsUnder } from './settings.ts';
import type { SettingsInput } from './settings-schema.ts';
import { isDraft } from './status.ts';

/** Whether the authentic text has moved since a translation was last brought in line with it. */
export const isOlderThanSource = (translation: Pick<LetterTextRow, 'basedOn'>, authentic: Pick<LetterTextRow, 'revision'>): boolean =>
  translation.basedOn === null || translation.basedOn < authentic.revision;

/**
 * Takes a translation out of a draft; its last save stays in the history, and restoring it brings the translation back.
 * `authentic`: it is the authentic text.
 */
export async function removeTranslation(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  seen: { readonly language: string; readonly revision: number },
  now: Date,
): Promise<Result<null, SaveRefusal | 'authentic'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    const stored = letter && (await findLetterText(tx, letter.id, seen.language));
    if (!letter || !stored) return refusal('not-found');
    if (!isDraft(letter.status)) return refusal('not-a-draft');
    if (stored.language === letter.authenticLanguage) return refusal('authentic');
    if (stored.revision !== seen.revision) return refusal('stale');
    await keepEarlier(tx, instance, stored);
    await deleteLetterText(tx, letter.id, stored.language);
    const revision = await nextRevision(tx, letter, {}, now);
    const record = { kind: 'removed', part: 'text', language: stored.language, revision };
    await logLetter(tx, instance, scope, { type: 'letter-saved', record }, now);
    return success(null);
  });
}

/** Makes one of a draft's texts the authentic one, over the revision of the settings that was seen. */
export async function makeAuthentic(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  seen: { readonly language: string; readonly settingsRevision: number },
  now: Date,
): Promise<Result<null, SaveRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    if (!isDraft(letter.status)) return refusal('not-a-draft');
    const texts = await listLetterTexts(tx, letter);
    const [before] = texts;
    const after = texts.find(({ language }) => language === seen.language);
    if (!before || !after) return refusal('not-found');
    if (after === before) return success(null);
    if (letter.settingsRevision !== seen.settingsRevision) return refusal('stale');
    for (const text of texts) {
      await keepEarlier(tx, instance, text);
      await changeLetterText(tx, letter.id, text.language, { basedOn: basisOf(text, before, after) });
    }
    const settings = settingsOf(letter);
    const block = headingsUnder({ before: before.language, after: after.language }, settings.block);
    await writeSettings(
      tx,
      instance,
      scope,
      { letter, settings: { ...settings, block }, authenticLanguage: after.language, kind: 'saved' },
      now,
    );
    return success(null);
  });
}

/** What a text follows once another is the authentic one: that one, where both said the same before; else nothing known. */
function basisOf(text: LetterTextRow, before: LetterTextRow, after: LetterTextRow): number | null {
  if (text === after) return null;
  const same = !isOlderThanSource(after, before) && (text === before || !isOlderThanSource(text, before));
  return same ? after.revision : null;
}

/** The settings that a row holds; they were checked when they were stored. */
export const settingsOf = (letter: LetterRow): SettingsInput => ({
  ...letter,
  representativePrinted: ownRepresentativePrinted(letter),
  block: letter.block as SettingsInput['block'],
});
