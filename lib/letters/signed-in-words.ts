import type { Translator } from '../i18n/translator.ts';

/** "12 organisations, 340 people"; empty where nobody has signed, or nothing of it may show. */
export function signedInWords(t: Translator, counts: { readonly organisations: number; readonly people: number } | null): string {
  const { organisations, people } = counts ?? { organisations: 0, people: 0 };
  return t('public.description', { organisations, people, both: organisations > 0 && people > 0 ? 'yes' : 'no' });
}
