import { z } from 'zod';
import type { LetterRow, LetterTextRow } from '../../db/queries/letters.ts';
import { letterKinds, presets } from '../../db/schema/values.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import { ownRepresentativePrinted, representativeChoices } from './presets.ts';
import type { SettingsInput } from './settings-schema.ts';
import type { TextInput } from './text-schema.ts';

const addressee = z.object({ name: z.string(), office: z.string().nullable(), lines: z.array(z.string()).readonly() });

/** One save of a text, whole. */
export const textContent = z.object({
  addressees: z.array(addressee).readonly(),
  headline: z.string(),
  subtitle: z.string(),
  salutation: z.string(),
  body: z.string(),
  closing: z.string(),
  disclaimer: z.string(),
  reference: z.string(),
  cc: z.array(z.string()).readonly(),
  basedOn: z.number().int().nullable(),
}) satisfies z.ZodType<TextInput>;
export type TextContent = z.output<typeof textContent>;

/** One save of what a letter has once, whole. */
export const settingsContent = z.object({
  kind: z.enum(letterKinds),
  preset: z.enum(presets),
  authenticLanguage: z.string(),
  date: z.string().nullable(),
  place: z.string().nullable(),
  zone: z.string(),
  /** ISO instant. */
  deadlineAt: z.string().nullable(),
  /** Left out where the letter does as its preset does. */
  representativePrinted: z.enum(representativeChoices).optional(),
  block: z.record(z.string(), z.unknown()),
});
export type SettingsContent = z.output<typeof settingsContent>;

export const contentOfText = (text: TextInput, basedOn: number | null): TextContent => ({
  addressees: text.addressees.map(({ name, office, lines }) => ({ name, office, lines })),
  headline: text.headline,
  subtitle: text.subtitle,
  salutation: text.salutation,
  body: text.body,
  closing: text.closing,
  disclaimer: text.disclaimer,
  reference: text.reference,
  cc: text.cc,
  basedOn,
});

export const contentOfTextRow = (row: LetterTextRow): TextContent => contentOfText(row, row.basedOn);

export const contentOfSettings = (
  settings: Omit<SettingsInput, 'block' | 'representativePrinted'> & { readonly block: unknown; readonly policies: unknown },
  authenticLanguage: string,
): SettingsContent => {
  const representativePrinted = ownRepresentativePrinted(settings);
  return {
    kind: settings.kind,
    preset: settings.preset,
    authenticLanguage,
    date: settings.date,
    place: settings.place,
    zone: settings.zone,
    deadlineAt: settings.deadlineAt?.toISOString() ?? null,
    ...(representativePrinted === undefined ? {} : { representativePrinted }),
    // Through JSON, as it is stored: keys that say nothing leave no trace.
    block: JSON.parse(JSON.stringify(settings.block)) as Record<string, unknown>,
  };
};

export const contentOfSettingsRow = (row: LetterRow): SettingsContent => contentOfSettings(row, row.authenticLanguage);

/** Settings out of a save. They were checked when they were stored. */
export const settingsFrom = (content: SettingsContent): SettingsInput => ({
  kind: content.kind,
  preset: content.preset,
  date: content.date,
  place: content.place,
  zone: content.zone,
  deadlineAt: content.deadlineAt === null ? null : new Date(content.deadlineAt),
  representativePrinted: content.representativePrinted,
  block: content.block as GivenBlockSettings,
});
