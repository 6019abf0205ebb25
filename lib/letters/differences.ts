import { type DiffPart, diffTexts } from '../text/diff.ts';
import { type SettingsFormValues, settingsFormValues, type TextFormValues, textFormValues } from './form-values.ts';
import { type SettingsContent, settingsFrom } from './save-content.ts';
import { type SettingsFieldName, settingsFieldNames } from './settings-schema.ts';
import { type TextFieldName, type TextInput, textFieldNames } from './text-schema.ts';

/** What differs in one field of a form; `before` and `after` as the form shows them. */
export interface FieldDifference<Name extends string = string> {
  readonly field: Name;
  readonly before: string;
  readonly after: string;
  readonly parts: readonly DiffPart[];
}

function differences<Name extends string>(
  names: readonly Name[],
  before: Readonly<Record<Name, string>>,
  after: Readonly<Record<Name, string>>,
  language: string,
): readonly FieldDifference<Name>[] {
  return names
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field], parts: diffTexts(before[field], after[field], language) }));
}

/** Field by field, of two texts as their form shows them; fields that are alike are left out. */
export const differencesOfValues = (before: TextFormValues, after: TextFormValues, language: string) =>
  differences<TextFieldName>(textFieldNames, before, after, language);

export const differencesOfTexts = (before: TextInput, after: TextInput, language: string) =>
  differencesOfValues(textFormValues(before), textFormValues(after), language);

export const differencesOfSettingsValues = (before: SettingsFormValues, after: SettingsFormValues) =>
  // A setting is chosen whole: what was chosen before and is now, and no words within.
  differences<SettingsFieldName>(settingsFieldNames, before, after, 'en').map(whole);

export function differencesOfSettings(before: SettingsContent, after: SettingsContent): readonly FieldDifference[] {
  const [one, other] = [before, after].map((content) => settingsFormValues(settingsFrom(content))) as [
    SettingsFormValues,
    SettingsFormValues,
  ];
  const language = { before: before.authenticLanguage, after: after.authenticLanguage };
  const moved = language.before === language.after ? [] : [whole({ field: 'language', ...language, parts: [] })];
  return [...moved, ...differencesOfSettingsValues(one, other)];
}

function whole<Name extends string>(difference: FieldDifference<Name>): FieldDifference<Name> {
  const { before, after } = difference;
  const parts = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ] as const;
  return { ...difference, parts: parts.filter(({ text }) => text !== '') };
}
