import type { Translator } from '../../../lib/i18n/translator.ts';
import type { SaveHead } from '../../../lib/letters/history.ts';
import { languageName } from '../../../lib/letters/languages.ts';

/** What one save was: "12. English text, set aside". */
export function saveWords(
  t: Translator,
  { number, kind, part, language }: Pick<SaveHead, 'number' | 'kind' | 'part' | 'language'>,
): string {
  const what =
    part === 'settings' || language === null
      ? t('letters.history.settings')
      : t('letters.history.text', { language: languageName(language) });
  return t(KINDS[kind], { number, what });
}

const KINDS = {
  saved: 'letters.history.saved',
  'set-aside': 'letters.history.set-aside',
  restored: 'letters.history.restored-save',
} as const;
