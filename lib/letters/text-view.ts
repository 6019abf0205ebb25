import { type LetterRow, type LetterTextRow, listLetterTexts } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import { memberNames } from '../coalitions/member-names.ts';
import type { Instance } from '../instance.ts';
import { type TextFormValues, textFormValues } from './form-values.ts';
import { type SourceChange, viewSourceChange } from './history.ts';
import type { SourceSeen } from './saving.ts';
import { isOlderThanSource } from './translations.ts';

/** A text of a draft as a list shows it. */
export interface TextItem {
  readonly language: string;
  readonly headline: string;
  readonly authentic: boolean;
  readonly revision: number;
  readonly savedAt: Date;
  readonly savedBy: string;
  /** The authentic text moved since this translation followed it. */
  readonly older: boolean;
}

/** The texts of a draft, the authentic one first. */
export async function viewTexts(instance: Instance, scope: LetterScope, texts: readonly LetterTextRow[]): Promise<readonly TextItem[]> {
  const names = await memberNames(
    instance,
    scope.coalitionId,
    texts.map(({ updatedBy }) => updatedBy),
  );
  const [authentic] = texts;
  return texts.map((text) => ({
    language: text.language,
    headline: text.headline,
    authentic: text === authentic,
    revision: text.revision,
    savedAt: text.updatedAt,
    savedBy: names.get(text.updatedBy) ?? '',
    older: authentic !== undefined && text !== authentic && isOlderThanSource(text, authentic),
  }));
}

export interface TextView {
  /** Null where the letter has no text in this language yet. */
  readonly stored: (TextItem & { readonly values: TextFormValues }) | null;
  /** What it is translated from; null where it is the authentic text itself. */
  readonly source: (SourceSeen & { readonly values: TextFormValues }) | null;
  /** What the stored words follow, or will that are begun now. */
  readonly follows: SourceSeen;
}

/** One text of a draft with what a translator needs beside it. */
export async function viewText(instance: Instance, scope: LetterScope, letter: LetterRow, language: string): Promise<TextView> {
  const texts = await listLetterTexts(instance.store.read, letter);
  const [authentic] = texts;
  const row = texts.find((text) => text.language === language) ?? null;
  const item = (await viewTexts(instance, scope, texts)).find((text) => text.language === language);
  const source = authentic && authentic !== row ? authentic : null;
  return {
    stored: row && item ? { ...item, values: textFormValues(row) } : null,
    source: source && { language: source.language, revision: source.revision, values: textFormValues(source) },
    follows: { language: source?.language ?? '', revision: (row ? row.basedOn : source?.revision) ?? 0 },
  };
}

/** How the authentic text has moved since the words of a translation followed it; null where it has not, or they are its own. */
export async function viewMoved(
  instance: Instance,
  letter: LetterRow,
  language: string,
  follows: SourceSeen,
): Promise<SourceChange | null> {
  if (language === letter.authenticLanguage) return null;
  const [authentic] = await listLetterTexts(instance.store.read, letter);
  const known = follows.language === letter.authenticLanguage && follows.revision > 0;
  return authentic ? await viewSourceChange(instance, authentic, { basedOn: known ? follows.revision : null }) : null;
}
