import type { GivenBlockSettings } from '../block/record.ts';
import { presetSettings } from './presets.ts';
import type { SettingsInput } from './settings-schema.ts';

/** What a letter's settings say, over what its preset says. */
export function blockOf({ preset, block }: Pick<SettingsInput, 'preset' | 'block'>): GivenBlockSettings {
  const base = presetSettings[preset].block;
  const section = (name: 'organisations' | 'personal') => ({ ...base[name], ...chosen(block[name] ?? {}) });
  return { ...base, ...chosen({ ...block }), organisations: section('organisations'), personal: section('personal') };
}

const chosen = <Given extends object>(given: Given): Partial<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given>;

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
  policies: presetSettings[settings.preset].policies,
});
