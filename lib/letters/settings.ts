import type { Preset } from '../../db/schema/values.ts';
import { type GivenBlockSettings, type GivenSection, type SectionSettings, withDefaults } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import { type Policies, presetSettings } from './presets.ts';
import type { SettingsInput } from './settings-schema.ts';

/** What a letter's settings say, over what its preset says. */
export function blockOf({ preset, block }: Pick<SettingsInput, 'preset' | 'block'>): GivenBlockSettings {
  const base = presetSettings[preset].block;
  const section = (name: 'organisations' | 'personal') => ({ ...base[name], ...chosen(block[name] ?? {}) });
  return { ...base, ...chosen({ ...block }), organisations: section('organisations'), personal: section('personal') };
}

/** A letter's block under another preset: what it had as usual it has as usual there, what was chosen stays chosen. */
export function blockUnder(preset: Preset, letter: { readonly preset: Preset; readonly block: unknown }): GivenBlockSettings {
  const block = letter.block as GivenBlockSettings;
  if (preset === letter.preset) return block;
  const [before, after] = [withDefaults(presetSettings[letter.preset].block), withDefaults(presetSettings[preset].block)];
  const moved: Record<string, unknown> = { ...block };
  for (const key of ['numbered', 'counts', 'country', 'identificationNote', 'justified'] as const) {
    if ((block[key] ?? before[key]) === before[key]) moved[key] = after[key];
  }
  for (const kind of SECTION_KINDS) moved[kind] = sectionUnder(block[kind] ?? {}, before[kind], after[kind]);
  return moved;
}

function sectionUnder(section: GivenSection, before: SectionSettings, after: SectionSettings): GivenSection {
  const usual = (key: 'order' | 'form' | 'columns') => (section[key] ?? before[key]) === before[key];
  return {
    ...section,
    ...(usual('order') ? { order: after.order } : {}),
    ...(usual('form') ? { form: after.form } : {}),
    ...(usual('columns') ? { columns: after.columns } : {}),
  };
}

/** The headings once another text is the authentic one: each stays with its language. */
export function headingsUnder(
  authentic: { readonly before: string; readonly after: string },
  block: GivenBlockSettings,
): GivenBlockSettings {
  const moved: Record<string, unknown> = { ...block };
  for (const kind of SECTION_KINDS) {
    const { heading, headings = {}, ...rest } = block[kind] ?? {};
    const { [authentic.after]: own, ...others } = headings;
    const all = { ...others, ...(heading ? { [authentic.before]: heading } : {}) };
    moved[kind] = { ...rest, ...(own === undefined ? {} : { heading: own }), ...(Object.keys(all).length > 0 ? { headings: all } : {}) };
  }
  return moved;
}

const chosen = <Given extends object>(given: Given): Partial<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given>;

/** What the preset sets, but for what the letter has of its own. */
function policiesUnder({ preset, representativePrinted }: SettingsInput): Policies {
  const { policies } = presetSettings[preset];
  return { ...policies, representativePrinted: representativePrinted ?? policies.representativePrinted };
}

/** The settings as a draft's row holds them. */
export const settingsRow = (settings: SettingsInput) => ({
  kind: settings.kind,
  preset: settings.preset,
  release: 'invited-only' as const,
  date: settings.date,
  place: settings.place,
  zone: settings.zone,
  deadlineAt: settings.deadlineAt,
  block: blockOf(settings),
  policies: policiesUnder(settings),
});
