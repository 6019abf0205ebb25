import { expect, it } from 'vitest';
import { ERROR_WORDS, errorWordsIn } from '../../../app/error-words.ts';
import { LOCALES } from '../../../lib/i18n/locales.ts';
import { translator } from '../../../lib/i18n/translator.ts';

it('says in every language of the product what its messages say', () => {
  expect(ERROR_WORDS.map(({ language }) => language).sort()).toEqual([...LOCALES].sort());
  for (const { language, direction, title, text } of ERROR_WORDS) {
    const t = translator(language as (typeof LOCALES)[number]);
    expect([t.direction, t('failure.title'), t('failure.text')]).toEqual([direction, title, text]);
  }
});

it('falls back to English', () => {
  expect(['fa', 'en', 'de', ''].map((language) => errorWordsIn(language).language)).toEqual(['fa', 'en', 'en', 'en']);
});
