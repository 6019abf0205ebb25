import { DateTime, IANAZone } from 'luxon';

/** A letter whose deadline names no hour takes signatures to the end of the day, in its own zone. */
export const DEADLINE_TIME = '23:59';

/** A deadline's first and last year: a slip of the finger lies outside, and so does what a database cannot store. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

/** @param day ISO calendar date */
export function isDeadlineYear(day: string): boolean {
  const year = Number(day.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/**
 * The last instant of a deadline's minute.
 * @param day ISO calendar date
 * @param time `HH:MM`
 * @param zone IANA name
 * @returns null for a day or hour that does not exist there
 */
export function deadlineInstant(day: string, time: string, zone: string): Date | null {
  const moment = DateTime.fromISO(`${day}T${time}`, { zone });
  // A clock change may skip the hour: luxon moves it, and the deadline would not be the one that was chosen.
  if (!moment.isValid || moment.toFormat('yyyy-MM-dd HH:mm') !== `${day} ${time}`) return null;
  return moment.endOf('minute').set({ millisecond: 0 }).toJSDate();
}

/** A deadline as its form shows it. */
export function deadlineFields(at: Date, zone: string): { readonly day: string; readonly time: string } {
  const moment = DateTime.fromJSDate(at, { zone });
  return { day: moment.toFormat('yyyy-MM-dd'), time: moment.toFormat('HH:mm') };
}

/** The calendar date of an instant, in a zone. */
export const dayIn = (at: Date, zone: string): string => DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');

/** Names the platform still lists first, and what the people there write (IANA `backward`). */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** IANA names that a form offers. `UTC` is none of a place and yet the right one for many international letters. */
export const zones: readonly string[] = [
  'UTC',
  ...new Set(
    Intl.supportedValuesOf('timeZone')
      .filter((zone) => zone !== 'UTC')
      .map((zone) => RENAMED[zone] ?? zone)
      .toSorted(),
  ),
];

/** The same with the one that is chosen already, should it go by an older name. */
export const zonesWith = (chosen: string): readonly string[] =>
  chosen === '' || zones.includes(chosen) || !isZone(chosen) ? zones : [chosen, ...zones];

/** Also for a name the list leaves out: an alias, or one of a newer data set. */
export const isZone = (zone: string): boolean => IANAZone.isValidZone(zone);

/** The zone of the machine, which is a first guess for the letter's. */
export function ownZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isZone(timeZone) ? (RENAMED[timeZone] ?? timeZone) : 'UTC';
}
