import { findDraftSave, findLastSave, findLetterText, findSaveOfRevision, listDraftSaves } from '../../db/queries/drafts.ts';
import { findLetter, type LetterRow, type LetterTextRow } from '../../db/queries/letters.ts';
import type { DraftPart, DraftSaveKind } from '../../db/schema/values.ts';
import type { LetterScope } from '../access/scope.ts';
import { memberNames } from '../coalitions/member-names.ts';
import type { Instance } from '../instance.ts';
import { differencesOfSettings, differencesOfTexts, type FieldDifference } from './differences.ts';
import { contentOfSettingsRow, contentOfTextRow, settingsContent, textContent } from './save-content.ts';
import { isLanguageTag } from './text-schema.ts';
import { isOlderThanSource } from './translations.ts';
import { PAGE_ROWS } from './views.ts';

export interface SaveHead {
  readonly number: number;
  readonly kind: DraftSaveKind;
  readonly part: DraftPart;
  readonly language: string | null;
  readonly savedAt: Date;
  readonly savedBy: string;
}

export interface HistoryView {
  readonly saves: readonly SaveHead[];
  /** Where the next page begins; null at the end. */
  readonly before: number | null;
}

/** A number out of an address, or null. */
export const readSaveNumber = (text: string | null): number | null => (/^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : null);

/** Every save of a letter, the last first. */
export async function viewHistory(instance: Instance, scope: LetterScope, before: number | null): Promise<HistoryView> {
  const rows = await listDraftSaves(instance.store.read, scope.letterId, { before, limit: PAGE_ROWS + 1 });
  const page = rows.slice(0, PAGE_ROWS);
  const names = await memberNames(
    instance,
    scope.coalitionId,
    page.map(({ savedBy }) => savedBy),
  );
  return {
    saves: page.map((row) => ({ ...headOf(row), savedBy: names.get(row.savedBy) ?? '' })),
    before: rows.length > PAGE_ROWS ? (page.at(-1)?.number ?? null) : null,
  };
}

const headOf = ({ number, kind, part, language, savedAt }: Omit<SaveHead, 'savedBy'>) => ({ number, kind, part, language, savedAt });

export interface ComparisonView {
  /** The earlier one. */
  readonly one: SaveHead;
  /** Null: as it stands now. */
  readonly other: SaveHead | null;
  /** The language whose direction the words have. */
  readonly language: string;
  /** Null where the two are of different parts, or there is nothing now to hold it against. */
  readonly differences: readonly FieldDifference[] | null;
  /** Of each side, the revision that stands now in its part: what restoring it names. */
  readonly seen: { readonly one: number; readonly other: number };
  /** Of each side, whether it says what stands now. */
  readonly stands: { readonly one: boolean; readonly other: boolean };
}

/** Two saves side by side, or one beside what stands now; null where there is no such save. */
export async function viewComparison(
  instance: Instance,
  scope: LetterScope,
  asked: { readonly one: number; readonly other: number | null },
): Promise<ComparisonView | null> {
  const { read } = instance.store;
  const letter = await findLetter(read, scope.coalitionId, scope.letterId);
  const numbers = asked.other === null ? [asked.one] : [asked.one, asked.other].sort((a, b) => a - b);
  const [first, second] = await Promise.all(numbers.map((number) => findDraftSave(read, scope.letterId, number)));
  if (!letter || !first || (asked.other !== null && !second)) return null;
  const names = await memberNames(
    instance,
    scope.coalitionId,
    [first, second].flatMap((row) => (row ? [row.savedBy] : [])),
  );
  const language = first.language ?? letter.authenticLanguage;
  const standing = async (part: DraftPart, of: string | null): Promise<LetterTextRow | null> =>
    part === 'text' && of !== null ? await findLetterText(read, letter.id, of) : null;
  const [now, nowOther] = [await standing(first.part, first.language), second ? await standing(second.part, second.language) : null];
  const revisionOf = (part: DraftPart, text: LetterTextRow | null) =>
    part === 'settings' ? letter.settingsRevision : (text?.revision ?? 0);
  const stands = (side: Side, text: LetterTextRow | null) => between(side, nowOf(side.part, letter, text), language)?.length === 0;
  return {
    stands: { one: stands(first, now), other: second !== null && second !== undefined && stands(second, nowOther) },
    one: { ...headOf(first), savedBy: names.get(first.savedBy) ?? '' },
    other: second ? { ...headOf(second), savedBy: names.get(second.savedBy) ?? '' } : null,
    language,
    differences: between(first, second ?? nowOf(first.part, letter, now), language),
    seen: { one: revisionOf(first.part, now), other: second ? revisionOf(second.part, nowOther) : 0 },
  };
}

interface Side {
  readonly part: DraftPart;
  readonly content: unknown;
}

const nowOf = (part: DraftPart, letter: LetterRow, text: LetterTextRow | null): Side | null => {
  if (part === 'settings') return { part, content: contentOfSettingsRow(letter) };
  return text && { part, content: contentOfTextRow(text) };
};

function between(before: Side, after: Side | null, language: string): readonly FieldDifference[] | null {
  if (!after || before.part !== after.part) return null;
  if (before.part === 'settings') return differencesOfSettings(settingsContent.parse(before.content), settingsContent.parse(after.content));
  return differencesOfTexts(textContent.parse(before.content), textContent.parse(after.content), language);
}

export interface SourceChange {
  /** What the authentic text has changed since the translation was brought in line with it; null where that is not known. */
  readonly differences: readonly FieldDifference[] | null;
}

/** Whether the authentic text moved since a translation followed it, and how; null where it did not. */
export async function viewSourceChange(
  { store }: Instance,
  authentic: LetterTextRow,
  translation: Pick<LetterTextRow, 'basedOn'>,
): Promise<SourceChange | null> {
  if (!isOlderThanSource(translation, authentic)) return null;
  const { letterId, language } = authentic;
  const since =
    translation.basedOn === null
      ? null
      : await findSaveOfRevision(store.read, letterId, { part: 'text', language, revision: translation.basedOn });
  return { differences: since && differencesOfTexts(textContent.parse(since.content), authentic, language) };
}

/** The last save of a translation that was taken away, for bringing it back; null where the letter has a text in that language. */
export async function findRemoved(
  { store }: Instance,
  scope: LetterScope,
  language: string,
): Promise<{ readonly number: number; readonly language: string } | null> {
  if (!isLanguageTag(language) || (await findLetterText(store.read, scope.letterId, language))) return null;
  const number = await findLastSave(store.read, scope.letterId, language);
  return number === null ? null : { number, language };
}

/** Who last saved what the letter has once, and when. */
export async function viewSettingsSave(
  instance: Instance,
  scope: LetterScope,
  letter: LetterRow,
): Promise<{ readonly savedBy: string; readonly savedAt: Date }> {
  const of = { part: 'settings', language: null, revision: letter.settingsRevision } as const;
  const save = (await findSaveOfRevision(instance.store.read, letter.id, of)) ?? { savedBy: letter.createdBy, savedAt: letter.createdAt };
  const names = await memberNames(instance, scope.coalitionId, [save.savedBy]);
  return { savedBy: names.get(save.savedBy) ?? '', savedAt: save.savedAt };
}
