import { z } from 'zod';
import { parseEmailAddress } from '../crypto/email-address.ts';
import { isOffered, offeredPresets } from '../letters/presets.ts';
import { optionalLine, optionalLines, requiredLine } from '../signatures/fields.ts';
import { COALITION_NAME_LIMIT } from './founding.ts';

/** The sender's name stands in a line of every mail program. */
const SENDER_LIMIT = 80;
export const LETTERHEAD_LIMITS = { lines: 6, line: 100 } as const;

const replyTo = z
  .string()
  .default('')
  .transform((value, context) => {
    if (value.trim() === '') return null;
    const parsed = parseEmailAddress(value);
    if (parsed.ok) return parsed.value.asTyped;
    context.addIssue({ code: 'custom', params: { reason: 'not-an-address' } });
    return z.NEVER;
  });

const letterheadLines = optionalLines(LETTERHEAD_LIMITS.lines * (LETTERHEAD_LIMITS.line + 1)).transform((text, context) => {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length > LETTERHEAD_LIMITS.lines) {
    context.addIssue({ code: 'custom', params: { reason: 'too-many-lines', maximum: LETTERHEAD_LIMITS.lines } });
  }
  if (lines.some((line) => line.length > LETTERHEAD_LIMITS.line)) {
    context.addIssue({ code: 'custom', params: { reason: 'line-too-long', maximum: LETTERHEAD_LIMITS.line } });
  }
  return lines;
});

/** The form of a coalition's settings. What is left empty is silent. */
export const settingsForm = z.object({
  name: requiredLine(COALITION_NAME_LIMIT),
  publicName: optionalLine(COALITION_NAME_LIMIT),
  senderName: optionalLine(SENDER_LIMIT),
  replyTo,
  defaultPreset: z
    .enum([...offeredPresets, ''])
    .default('')
    .transform((preset) => (preset === '' || !isOffered(preset) ? null : preset)),
  letterheadLines,
  letterheadLogo: z
    .literal('yes')
    .optional()
    .transform((ticked) => ticked === 'yes'),
  /** The state the form showed (`settingsState`); a form that does not say it knows none. */
  shown: z.string().max(64).default(''),
  /** A browser sends a file that was not chosen as an empty one. */
  logo: z
    .instanceof(File)
    .optional()
    .transform((file) => (file && file.size > 0 ? file : null)),
});
export type SettingsInput = Omit<z.output<typeof settingsForm>, 'logo'>;
