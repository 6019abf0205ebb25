import { z } from 'zod';
import { letterKinds, presets } from '../../db/schema/values.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import { TEXT_LIMITS } from '../text/canonical.ts';
import { acceptLine, acceptName } from '../text/characters.ts';
import { DEADLINE_TIME, deadlineInstant, isDeadlineYear, isZone } from './deadline.ts';
import { type FieldChecker, readOrReport, seenRevision, typed } from './field-checker.ts';
import { isOffered, type RepresentativePrinted, representativeChoices } from './presets.ts';

/** What a letter has once, whatever its languages. */
export interface SettingsInput {
  readonly kind: (typeof letterKinds)[number];
  readonly preset: (typeof presets)[number];
  /** ISO day. */
  readonly date: string | null;
  readonly place: string | null;
  readonly zone: string;
  readonly deadlineAt: Date | null;
  /** Left out where the letter does as its preset does. */
  readonly representativePrinted?: RepresentativePrinted | undefined;
  readonly block: GivenBlockSettings;
}

const ORDERS = ['signing', 'alphabetical', 'family-name', 'given-name', 'country'] as const;
const FORMS = ['stacked', 'line', 'parentheses'] as const;
export const sectionChoices = { orders: ORDERS, forms: FORMS, columns: ['1', '2', '3'] } as const;

/** As long as the form of the settings may be, in bytes. */
export const SETTINGS_FORM_LIMIT = 64 * 1024;

/** Empty: as the preset has it. */
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .union([z.literal(''), z.enum(values)])
    .default('')
    .transform((value) => (value === '' ? undefined : value));
const yesNo = choice(['yes', 'no']).transform((value) => (value === undefined ? undefined : value === 'yes'));
const columns = choice(sectionChoices.columns).transform((value) => (value === undefined ? undefined : (Number(value) as 1 | 2 | 3)));

/** What the page of the settings asks; the signatory block has a page of its own. */
const pageFields = {
  deadlineDay: typed(10),
  deadlineTime: typed(5),
  zone: typed(100),
  preset: z.enum(presets),
  kind: z.enum(letterKinds).default('open-letter'),
  date: typed(10),
  place: typed(TEXT_LIMITS.line),
  representativePrinted: choice(representativeChoices),
};
type PageFields = z.output<z.ZodObject<typeof pageFields>>;
export type SettingsPageInput = Omit<SettingsInput, 'block'>;
export const settingsPageFieldNames = Object.keys(pageFields) as readonly (keyof PageFields)[];

export const settingsFields = {
  ...pageFields,
  organisationsHeading: typed(TEXT_LIMITS.line),
  organisationsOrder: choice(ORDERS),
  organisationsForm: choice(FORMS),
  organisationsColumns: columns,
  personalHeading: typed(TEXT_LIMITS.line),
  personalOrder: choice(ORDERS),
  personalForm: choice(FORMS),
  personalColumns: columns,
  numbered: yesNo,
  counts: yesNo,
  country: yesNo,
  identificationNote: yesNo,
  justified: yesNo,
};
type SettingsFields = z.output<z.ZodObject<typeof settingsFields>>;
export type SettingsFieldName = keyof SettingsFields;

/** In the order of the form. */
export const settingsFieldNames = Object.keys(settingsFields) as readonly SettingsFieldName[];

function deadline(checker: FieldChecker, given: PageFields): Date | null {
  const date = checker.day('deadlineDay', given.deadlineDay);
  if (date === null || checker.faults.some(({ place }) => place === 'zone')) return null;
  if (!isDeadlineYear(date)) {
    checker.fault('deadlineDay', 'year-out-of-range');
    return null;
  }
  const time = given.deadlineTime.trim() === '' ? DEADLINE_TIME : given.deadlineTime.trim();
  const at = deadlineInstant(date, time, given.zone);
  if (!at) checker.fault('deadlineTime', 'no-such-hour');
  return at;
}

function block(checker: FieldChecker, given: SettingsFields): GivenBlockSettings {
  const line = (place: 'organisationsHeading' | 'personalHeading') =>
    checker.take(place, acceptLine(given[place], TEXT_LIMITS.line)) || undefined;
  return {
    organisations: {
      heading: line('organisationsHeading'),
      order: given.organisationsOrder,
      form: given.organisationsForm,
      columns: given.organisationsColumns,
    },
    personal: {
      heading: line('personalHeading'),
      order: given.personalOrder,
      form: given.personalForm,
      columns: given.personalColumns,
    },
    numbered: given.numbered,
    counts: given.counts,
    country: given.country,
    identificationNote: given.identificationNote,
    justified: given.justified,
  };
}

export const readSettings = (checker: FieldChecker, given: SettingsFields): SettingsInput => ({
  ...readPage(checker, given),
  block: block(checker, given),
});

function readPage(checker: FieldChecker, given: PageFields): SettingsPageInput {
  if (!isZone(given.zone)) checker.fault('zone', 'not-offered');
  if (!isOffered(given.preset)) checker.fault('preset', 'not-offered');
  return {
    kind: given.kind,
    preset: given.preset,
    date: checker.day('date', given.date),
    place: checker.take('place', acceptName(given.place, TEXT_LIMITS.line)) || null,
    zone: given.zone,
    deadlineAt: deadline(checker, given),
    representativePrinted: given.representativePrinted,
  };
}

/** What a letter has once, as its page sends it, with the revision of the settings that the page showed. */
export const settingsForm = z.object({ ...pageFields, revision: seenRevision }).transform(({ revision, ...given }, context) => ({
  settings: readOrReport(given, context, readPage),
  revision,
}));
