import { useSyncExternalStore } from 'react';

interface ErrorWords {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly text: string;
  readonly again: string;
}

/** The words of the error pages, which run in the browser: the messages would bring every sentence of the product with them. */
export const ERROR_WORDS: readonly ErrorWords[] = [
  {
    language: 'en',
    direction: 'ltr',
    title: 'Something went wrong on our side',
    text: 'Nothing you sent was half done: a change is either saved whole or not at all. Please try again in a moment.',
    again: 'Try again',
  },
  {
    language: 'fa',
    direction: 'rtl',
    title: 'خطایی از سوی ما رخ داد',
    text: 'هیچ کاری نیمه‌تمام نمانده است: هر تغییر یا کامل ثبت می‌شود یا اصلاً ثبت نمی‌شود. لطفاً کمی بعد دوباره بکوشید.',
    again: 'دوباره بکوشید',
  },
];

const [ENGLISH] = ERROR_WORDS as readonly [ErrorWords, ...ErrorWords[]];

/** The words in a language (BCP 47), else in English. */
export const errorWordsIn = (language: string): ErrorWords => ERROR_WORDS.find((words) => words.language === language) ?? ENGLISH;

const never = () => () => {};

/** The words in the language of the page that failed. */
export function useErrorWords(): ErrorWords {
  return errorWordsIn(
    useSyncExternalStore(
      never,
      () => document.documentElement.lang,
      () => 'en',
    ),
  );
}
