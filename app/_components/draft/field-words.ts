import { isMessageKey } from '../../../lib/i18n/messages.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { languageName } from '../../../lib/letters/languages.ts';

/** What a field of a draft is called. */
export function fieldLabel(t: Translator, field: string): string {
  const [, section, part, language] = /^(initiators|organisations|personal)(Heading|Order|Form|Columns)(?:-(.+))?$/.exec(field) ?? [];
  if (section !== undefined && language !== undefined)
    return `${say(t, `letters.form.${section}`)}: ${t('letters.block.heading-in', { language: languageName(language) })}`;
  if (section !== undefined && part !== undefined)
    return `${say(t, `letters.form.${section}`)}: ${say(t, `letters.form.${part.toLowerCase()}`)}`;
  return say(t, `letters.form.${OTHER_NAMES[field] ?? field}`);
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  deadlineDay: 'deadline',
  deadlineTime: 'deadline-time',
  identificationNote: 'identification-note',
};

/** What was chosen, in the words of the form it was chosen on; anything that was typed as it is. */
export function settingWords(t: Translator, field: string, value: string): string {
  if (field === 'language') return languageName(value);
  const prefix = PREFIXES.find(({ fields }) => fields.test(field))?.prefix;
  if (value === '' && (prefix !== undefined || field.endsWith('Columns'))) return t('letters.form.usual');
  return prefix === undefined ? value : say(t, `${prefix}.${value}`);
}

const PREFIXES = [
  { fields: /^preset$/, prefix: 'letters.preset' },
  { fields: /^kind$/, prefix: 'letters.kind' },
  { fields: /Order$/, prefix: 'letters.order' },
  { fields: /Form$/, prefix: 'letters.block-form' },
  { fields: /^representativePrinted$/, prefix: 'letters.representative' },
  { fields: /^(?:numbered|counts|country|identificationNote|justified)$/, prefix: 'letters.form' },
];

const say = (t: Translator, key: string): string => (isMessageKey(key) ? t(key) : key.slice(key.lastIndexOf('.') + 1));
