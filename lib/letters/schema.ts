import { z } from 'zod';
import { readOrReport, seenRevision, typed } from './field-checker.ts';
import { readSettings, type SettingsInput, settingsFields } from './settings-schema.ts';
import { readLanguage, readText, type TextInput, textFields } from './text-schema.ts';

/** A new letter as its form gives it: its first text, which is the authentic one, and its settings. */
export interface LetterInput extends TextInput, SettingsInput {
  readonly language: string;
}

const fields = z.object({ ...textFields, ...settingsFields, language: z.string().max(35).default('en') });

/** The names of the form's fields, for showing what was typed in it. */
export type LetterFieldName = keyof z.output<typeof fields>;

/** The form of a new letter. Whatever is wrong is named at its field, all of it at once. */
export const letterForm = fields.transform((given, context) =>
  readOrReport(
    given,
    context,
    (checker): LetterInput => ({
      ...readText(checker, given),
      language: readLanguage(checker, given.language),
      ...readSettings(checker, given),
    }),
  ),
);

/** A new deadline, in the zone of the letter. */
export const reopenForm = z.object({ deadlineDay: typed(10), deadlineTime: typed(5) });

/** A button at something that a page showed in one revision. */
export const seenForm = z.object({ revision: seenRevision });

/** A save to put back, over the revision of its part that the page showed; 0 where there is none. */
export const restoreForm = z.object({ number: z.coerce.number().int().positive().max(999_999_999), revision: seenRevision });
