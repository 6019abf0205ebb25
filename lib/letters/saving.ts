import { isDeepStrictEqual } from 'node:util';
import { changeLetterText, findLetterText, holdLetterRow } from '../../db/queries/drafts.ts';
import { insertLetterText, type LetterRow, type LetterTextRow, moveLetter } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue } from '../shared/canonical-json.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { keepEarlier, keepEarlierSettings, keepSave, setAside } from './draft-saves.ts';
import { logLetter } from './drafting.ts';
import { contentOfSettings, contentOfSettingsRow, contentOfText, contentOfTextRow, type TextContent } from './save-content.ts';
import { blockUnder, settingsRow } from './settings.ts';
import type { SettingsInput, SettingsPageInput } from './settings-schema.ts';
import { isDraft } from './status.ts';
import { isLetterLanguage, type TextInput } from './text-schema.ts';

type Scope = Pick<LetterScope, 'coalitionId' | 'letterId' | 'memberId'>;

/**
 * `stale`: somebody saved the same part in the meantime, or took it away. `not-a-draft`: its text is frozen. In both cases what was typed
 * is set aside in the letter's history.
 */
export type SaveRefusal = 'stale' | 'not-a-draft' | 'not-found';

/** `language-taken`: the letter has a text in that language. `language-not-offered`: no letter is begun in it. */
export type LanguageRefusal = 'language-taken' | 'language-not-offered';

export interface TextSave {
  /** The language its page is about. */
  readonly language: string;
  readonly text: TextInput;
  /** Where the page was about the wrong language: the right one, or null. */
  readonly newLanguage: string | null;
  /** The revision of the text that the page showed; 0 where the letter had none in this language. */
  readonly revision: number;
  /** What a translation says the same as, if anything is known of it: nobody looks at that of the authentic text itself. */
  readonly follows: SourceSeen;
}

/** The authentic text as it stood beside a translation: the language it was in then, and its revision. */
export interface SourceSeen {
  /** Empty where none stood there. */
  readonly language: string;
  /** 0 where it is not known. */
  readonly revision: number;
}

/**
 * Saves the letter's text in one language over the revision that its page showed, and over no newer one. Others may save another
 * language or the settings at the same time.
 * @returns the text's new revision; `behind`: a first translation, and its source has moved while it was written
 */
export async function saveText(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  save: TextSave,
  now: Date,
): Promise<Result<{ readonly revision: number; readonly behind: boolean }, SaveRefusal | LanguageRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    const stored = await findLetterText(tx, letter.id, save.language);
    const content = contentOfText(save.text, basisOf(letter, save));
    const hindrance = hindranceTo(letter, stored?.revision ?? 0, save.revision);
    if (hindrance) {
      // The same words twice: a second press of the same button, or somebody else's equal thought.
      if (hindrance === 'stale' && stored && isDeepStrictEqual(contentOfTextRow(stored), content)) {
        return success({ revision: stored.revision, behind: false });
      }
      await setAside(tx, instance, scope, { part: 'text', language: save.language, revision: save.revision, content }, now);
      return refusal(hindrance);
    }
    const language = save.newLanguage ?? save.language;
    if ((!stored || language !== stored.language) && !isLetterLanguage(language)) return refusal('language-not-offered');
    if (language !== save.language && (await findLetterText(tx, letter.id, language))) return refusal('language-taken');
    if (stored) await keepEarlier(tx, instance, stored);
    const source = stored ? null : await findLetterText(tx, letter.id, letter.authenticLanguage);
    const behind = source !== null && (content.basedOn ?? 0) < source.revision;
    return success({ revision: await writeText(tx, instance, scope, { letter, stored, language, content, kind: 'saved' }, now), behind });
  });
}

/**
 * The revision of the authentic text that what was typed follows; null where that is not known. A number says nothing of another text
 * than it was read from: where another one is the authentic text by now, the translation counts as older than it.
 */
function basisOf(letter: LetterRow, { language, follows }: Pick<TextSave, 'language' | 'follows'>): number | null {
  if (language === letter.authenticLanguage || follows.language !== letter.authenticLanguage || follows.revision === 0) return null;
  // No page shows a revision that is still to come.
  return Math.min(follows.revision, letter.revision);
}

export interface TextWrite {
  /** Held. */
  readonly letter: LetterRow;
  readonly stored: LetterTextRow | null;
  readonly language: string;
  readonly content: TextContent;
  readonly kind: 'saved' | 'restored';
}

/** Writes a text, its save and the log. @returns the revision made */
export async function writeText(tx: Tx, instance: Instance, scope: Scope, write: TextWrite, now: Date): Promise<number> {
  const { letter, stored, language, content, kind } = write;
  const renamed = stored !== null && stored.language === letter.authenticLanguage ? { authenticLanguage: language } : {};
  const revision = await nextRevision(tx, letter, renamed, now);
  const row = { ...content, language, revision, updatedAt: now, updatedBy: scope.memberId };
  if (stored) await changeLetterText(tx, letter.id, stored.language, row);
  else await insertLetterText(tx, { letterId: letter.id, ...row });
  await keepSave(tx, instance, scope, { kind, part: 'text', language, revision, content }, now);
  await logSave(tx, instance, scope, { kind, part: 'text', language, revision, headline: content.headline }, now);
  return revision;
}

/** Saves what the letter has once over the revision that its page showed. */
export async function saveSettings(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  save: { readonly settings: SettingsPageInput; readonly revision: number },
  now: Date,
): Promise<Result<{ readonly revision: number }, SaveRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    const settings = { ...save.settings, block: blockUnder(save.settings.preset, letter) };
    const content = contentOfSettings(settingsRow(settings), letter.authenticLanguage);
    const hindrance = hindranceTo(letter, letter.settingsRevision, save.revision);
    if (hindrance) {
      if (hindrance === 'stale' && isDeepStrictEqual(contentOfSettingsRow(letter), content)) {
        return success({ revision: letter.settingsRevision });
      }
      await setAside(tx, instance, scope, { part: 'settings', language: null, revision: save.revision, content }, now);
      return refusal(hindrance);
    }
    return success({ revision: await writeSettings(tx, instance, scope, { letter, settings, kind: 'saved' }, now) });
  });
}

export interface SettingsWrite {
  /** Held. */
  readonly letter: LetterRow;
  readonly settings: SettingsInput;
  readonly authenticLanguage?: string;
  readonly kind: 'saved' | 'restored';
}

/** Writes the settings, their save and the log. @returns the revision made */
export async function writeSettings(tx: Tx, instance: Instance, scope: Scope, write: SettingsWrite, now: Date): Promise<number> {
  const { letter, settings, kind, authenticLanguage = letter.authenticLanguage } = write;
  await keepEarlierSettings(tx, instance, letter);
  const row = settingsRow(settings);
  const settingsRevision = letter.revision + 1;
  const revision = await nextRevision(tx, letter, { ...row, authenticLanguage, settingsRevision }, now);
  const content = contentOfSettings(row, authenticLanguage);
  await keepSave(tx, instance, scope, { kind, part: 'settings', language: null, revision, content }, now);
  await logSave(tx, instance, scope, { kind, part: 'settings', revision, preset: row.preset }, now);
  return revision;
}

/** Counts one more save of the letter. */
export async function nextRevision(tx: Tx, letter: LetterRow, change: Parameters<typeof moveLetter>[3], now: Date): Promise<number> {
  const revision = letter.revision + 1;
  const guard = { from: ['draft', 'consultation'], revision: letter.revision } as const;
  const moved = await moveLetter(tx, letter.id, guard, { ...change, revision, updatedAt: now });
  if (!moved) throw new Error('a letter moved while it was held');
  return revision;
}

const logSave = (tx: Tx, instance: Instance, scope: Scope, record: JsonValue, now: Date) =>
  logLetter(tx, instance, scope, { type: 'letter-saved', record }, now);

const hindranceTo = (letter: LetterRow, stored: number, seen: number): 'stale' | 'not-a-draft' | null => {
  if (!isDraft(letter.status)) return 'not-a-draft';
  return stored === seen ? null : 'stale';
};

/** Keeps what a member typed and lets go of, since they take what somebody else has saved. */
export async function setAsideText(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  given: { readonly language: string; readonly text: TextInput; readonly revision: number },
  now: Date,
): Promise<Result<null, 'not-found'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    const stored = await findLetterText(tx, letter.id, given.language);
    const content = contentOfText(given.text, stored?.basedOn ?? null);
    if (stored && isDeepStrictEqual(contentOfTextRow(stored), content)) return success(null);
    await setAside(tx, instance, scope, { part: 'text', language: given.language, revision: given.revision, content }, now);
    return success(null);
  });
}

/** The same for settings. */
export async function setAsideSettings(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  given: { readonly settings: SettingsPageInput; readonly revision: number },
  now: Date,
): Promise<Result<null, 'not-found'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    const content = contentOfSettings(
      settingsRow({ ...given.settings, block: blockUnder(given.settings.preset, letter) }),
      letter.authenticLanguage,
    );
    if (isDeepStrictEqual(contentOfSettingsRow(letter), content)) return success(null);
    await setAside(tx, instance, scope, { part: 'settings', language: null, revision: given.revision, content }, now);
    return success(null);
  });
}
