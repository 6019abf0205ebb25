import { type AnyLocale, DEFAULT_LOCALE, PSEUDO_LOCALE } from './locales.ts';

const tagOf = (locale: AnyLocale): string => (locale === PSEUDO_LOCALE ? DEFAULT_LOCALE : locale);

const tagOfDates = (locale: AnyLocale): string => (tagOf(locale) === 'en' ? 'en-GB' : tagOf(locale));

/** Formats that are made already: making one takes longer than some hundred uses. A zone is a setting of a letter, and of those there are some hundred. */
const made = new Map<string, Intl.DateTimeFormat | Intl.ListFormat | Intl.NumberFormat>();

function kept<Format extends Intl.DateTimeFormat | Intl.ListFormat | Intl.NumberFormat>(name: string, make: () => Format): Format {
  const known = made.get(name) as Format | undefined;
  if (known) return known;
  const format = make();
  made.set(name, format);
  return format;
}

/** British order and 24 hours for English; the Gregorian calendar everywhere, since a letter's page and its PDF must give one date. */
function dateTimeFormat(locale: AnyLocale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = tagOfDates(locale);
  return kept(`${tag} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(tag, { calendar: 'gregory', ...options }));
}

/**
 * A calendar day in words: `2 May 2007`.
 * @param day ISO calendar date, `2007-05-02`; anything else comes back as it is
 */
export function formatDay(locale: AnyLocale, day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  const instant = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(instant.getTime()) ? day : dateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(instant);
}

/**
 * An instant as a reader anywhere can place it: date, time and the zone's name.
 * @param zone IANA name, `Europe/Berlin`
 */
export function formatInstant(locale: AnyLocale, instant: Date, zone: string): string {
  const options = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'long',
  } as const;
  return dateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone: zone }).format(instant);
}

/** A day and time without the zone's name, for lists whose head names the zone. */
export function formatMoment(locale: AnyLocale, instant: Date, zone: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return dateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone: zone }).format(instant);
}

export const formatNumber = (locale: AnyLocale, value: number): string =>
  kept(`${tagOf(locale)} number`, () => new Intl.NumberFormat(tagOf(locale))).format(value);

/** Names in a row: `A, B and C`. */
export const formatList = (locale: AnyLocale, items: readonly string[]): string =>
  kept(`${tagOfDates(locale)} list`, () => new Intl.ListFormat(tagOfDates(locale), { type: 'conjunction' })).format(items);
