import type { SignatureStatus } from '../../../../../db/schema/values.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';

export const STATUS_TONES: Readonly<Record<SignatureStatus, 'plain' | 'success' | 'warning' | 'accent'>> = {
  recording: 'plain',
  pending: 'plain',
  confirmed: 'accent',
  held: 'warning',
  listed: 'success',
  withdrawn: 'plain',
  rejected: 'plain',
  erased: 'plain',
};

/** What somebody should look at; a fault that an import kept has no words of its own here. */
export const flagWords = (t: Translator, flag: string): string => t.first([`list.flag.${flag}`], 'list.flag.other');
