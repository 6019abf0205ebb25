import type { Preset } from '../../db/schema/values.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import { typedAddressees } from './addressees.ts';
import { DEADLINE_TIME, deadlineFields } from './deadline.ts';
import { isOffered, presetSettings } from './presets.ts';
import type { LetterFieldName } from './schema.ts';
import type { SettingsFieldName, SettingsInput } from './settings-schema.ts';
import type { TextFieldName, TextInput } from './text-schema.ts';

type LetterFormValues = Readonly<Partial<Record<LetterFieldName, string>>>;
export type TextFormValues = Readonly<Record<TextFieldName, string>>;
export type SettingsFormValues = Readonly<Record<SettingsFieldName, string>>;

/** What an empty form starts with; a preset that the coalition wished for and that is not offered is left aside. */
export const newLetterValues = (zone: string, wished: Preset = 'coalition-letter'): LetterFormValues => ({
  preset: isOffered(wished) ? wished : 'coalition-letter',
  kind: 'open-letter',
  language: 'en',
  zone,
  deadlineTime: DEADLINE_TIME,
});

/** A stored text as its form shows it: saved unchanged, it is the same text. */
export const textFormValues = (text: TextInput): TextFormValues => ({
  to: typedAddressees(text.addressees),
  headline: text.headline,
  body: text.body,
  subtitle: text.subtitle,
  salutation: text.salutation,
  closing: text.closing,
  disclaimer: text.disclaimer,
  reference: text.reference,
  cc: text.cc.join('\n'),
});

/** What a letter has once, as its form shows it. What stands in `block` was checked when it was stored. */
export function settingsFormValues(letter: Omit<SettingsInput, 'block'> & { readonly block: unknown }): SettingsFormValues {
  const deadline = letter.deadlineAt === null ? null : deadlineFields(letter.deadlineAt, letter.zone);
  return {
    deadlineDay: deadline?.day ?? '',
    deadlineTime: deadline?.time ?? DEADLINE_TIME,
    zone: letter.zone,
    preset: letter.preset,
    kind: letter.kind,
    date: letter.date ?? '',
    place: letter.place ?? '',
    representativePrinted: letter.representativePrinted ?? '',
    ...blockValues(letter.preset, letter.block as GivenBlockSettings),
  };
}

/** Empty where the letter does as its preset does, so that another preset brings its own settings along. */
function blockValues(preset: Preset, block: GivenBlockSettings) {
  const usual = presetSettings[preset].block;
  const own = (value: string | number | undefined, usualValue: string | number | undefined): string =>
    value === undefined || value === usualValue ? '' : String(value);
  const yesNo = (name: 'numbered' | 'counts' | 'country' | 'identificationNote' | 'justified'): string => {
    const value = block[name];
    return value === undefined || value === usual[name] ? '' : value ? 'yes' : 'no';
  };
  const { organisations = {}, personal = {} } = block;
  return {
    organisationsHeading: own(organisations.heading ?? undefined, usual.organisations?.heading ?? undefined),
    organisationsOrder: own(organisations.order, usual.organisations?.order),
    organisationsForm: own(organisations.form, usual.organisations?.form),
    organisationsColumns: own(organisations.columns, usual.organisations?.columns),
    personalHeading: own(personal.heading ?? undefined, usual.personal?.heading ?? undefined),
    personalOrder: own(personal.order, usual.personal?.order),
    personalForm: own(personal.form, usual.personal?.form),
    personalColumns: own(personal.columns, usual.personal?.columns),
    numbered: yesNo('numbered'),
    counts: yesNo('counts'),
    country: yesNo('country'),
    identificationNote: yesNo('identificationNote'),
    justified: yesNo('justified'),
  };
}
