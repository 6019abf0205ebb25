/** The languages the interface speaks; a letter's own language is independent of them. */
export const LOCALES = ['en', 'fa'] as const;
export type Locale = (typeof LOCALES)[number];

/** English with accents, longer and set right to left: what a page has hard-coded or set with left and right shows at once. */
export const PSEUDO_LOCALE = 'en-XB';
export type AnyLocale = Locale | typeof PSEUDO_LOCALE;

export const DEFAULT_LOCALE: Locale = 'en';

/** Who is looking: members' pages are English for now, pages of signatories and the public speak every language. */
export type Audience = 'public' | 'member';

const OFFERED: Readonly<Record<Audience, readonly Locale[]>> = { public: LOCALES, member: ['en'] };

export const localesFor = (audience: Audience): readonly Locale[] => OFFERED[audience];

/** Every language's own name, as a language switch shows it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', fa: 'فارسی' };
