import { type GivenBlockSettings, withDefaults } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import { type DiffPart, diffTexts } from '../text/diff.ts';
import { blockSwitches, headingField } from './block-schema.ts';
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
  return [...moved, ...differencesOfSettingsValues(one, other), ...differencesOfBlock(before.block, after.block)];
}

/** What only the page of the signatory block sets: the initiators' section, and the headings of translations. */
function differencesOfBlock(before: GivenBlockSettings, after: GivenBlockSettings): readonly FieldDifference[] {
  const [one, other] = [blockValuesOf(before), blockValuesOf(after)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names
    .map((field) => ({ field, before: one[field] ?? '', after: other[field] ?? '', parts: [] }))
    .filter((difference) => difference.before !== difference.after)
    .map(whole);
}

/** The same of two forms of that page; a box says yes or no there. */
export function differencesOfBlockValues(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly FieldDifference[] {
  const shown = (values: Readonly<Record<string, string>>, field: string): string =>
    (blockSwitches as readonly string[]).includes(field) ? values[field] || 'no' : (values[field] ?? '');
  return Object.keys(before)
    .map((field) => ({ field, before: shown(before, field), after: shown(after, field), parts: [] }))
    .filter((difference) => difference.before !== difference.after)
    .map(whole);
}

function blockValuesOf(block: GivenBlockSettings): Readonly<Record<string, string>> {
  const { heading, order, form, columns } = withDefaults(block).initiators;
  const headings = SECTION_KINDS.flatMap((kind) =>
    Object.entries(block[kind]?.headings ?? {}).map(([language, words]) => [headingField(kind, language), words] as const),
  );
  return {
    initiatorsHeading: heading ?? '',
    initiatorsOrder: order,
    initiatorsForm: form,
    initiatorsColumns: String(columns),
    ...Object.fromEntries(headings),
  };
}

function whole<Name extends string>(difference: FieldDifference<Name>): FieldDifference<Name> {
  const { before, after } = difference;
  const parts = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ] as const;
  return { ...difference, parts: parts.filter(({ text }) => text !== '') };
}
