/**
 * Dates as a letter prints them. The calendar is Gregorian in every language, since the date of a letter file is, and its readers
 * compare it with other papers; a tag may ask for another (`fa-u-ca-persian`). Plain `en` prints day before month, as 2 May 2007.
 */
function formatterOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const asked = /-u-(?:.*-)?ca-/.test(language.toLowerCase()) ? {} : { calendar: 'gregory' };
  const tag = language.toLowerCase() === 'en' ? 'en-GB' : language;
  try {
    return new Intl.DateTimeFormat(tag, { ...options, ...asked });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, ...asked });
  }
}

/** An ISO calendar date (`2007-05-02`) in long form, in the language's own digits. */
export const longDate = (language: string, date: string): string =>
  formatterOf(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/** An instant with its time and zone, as the mark of a document that is not final shows it. */
export const longInstant = (language: string, instant: Date, zone: string): string =>
  formatterOf(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  }).format(instant);
