import { z } from 'zod';
import type { StoredAddressee } from '../../db/schema/tables/letters.ts';
import { letterKinds, presets } from '../../db/schema/values.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { acceptTypedText, TEXT_LIMITS } from '../text/canonical.ts';
import { acceptLine, acceptName, type TextFault } from '../text/characters.ts';
import { BODY_LIMIT } from '../text/markdown.ts';
import { readAddressees } from './addressees.ts';
import { DEADLINE_TIME, deadlineInstant, isDeadlineYear, isZone } from './deadline.ts';
import { letterLanguages } from './languages.ts';
import { isOffered } from './presets.ts';

/** A letter as its form gives it: checked, and ready to be stored. */
export interface LetterInput {
  readonly kind: (typeof letterKinds)[number];
  readonly preset: (typeof presets)[number];
  readonly language: string;
  readonly addressees: readonly StoredAddressee[];
  readonly headline: string;
  readonly subtitle: string;
  readonly salutation: string;
  /** Markdown as typed; its normal form is made when it is frozen. */
  readonly body: string;
  readonly closing: string;
  readonly disclaimer: string;
  readonly reference: string;
  readonly cc: readonly string[];
  readonly date: string | null;
  readonly place: string | null;
  readonly zone: string;
  readonly deadlineAt: Date | null;
  readonly block: GivenBlockSettings;
}

const ORDERS = ['signing', 'alphabetical', 'family-name', 'given-name', 'country'] as const;
const FORMS = ['stacked', 'line', 'parentheses'] as const;
export const sectionChoices = { orders: ORDERS, forms: FORMS, columns: ['1', '2', '3'] } as const;

/** As long as the whole form may be, in bytes: a body of four-byte letters, and the rest. */
export const LETTER_FORM_LIMIT = BODY_LIMIT * 4 + 256 * 1024;

const typed = (limit: number) => z.string().max(limit).default('');
/** Empty: as the preset has it. */
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .union([z.literal(''), z.enum(values)])
    .default('')
    .transform((value) => (value === '' ? undefined : value));
const yesNo = choice(['yes', 'no']).transform((value) => (value === undefined ? undefined : value === 'yes'));
const columns = choice(sectionChoices.columns).transform((value) => (value === undefined ? undefined : (Number(value) as 1 | 2 | 3)));

const fields = z.object({
  to: typed(TEXT_LIMITS.line * 20),
  headline: typed(TEXT_LIMITS.line),
  body: typed(BODY_LIMIT),
  deadlineDay: typed(10),
  deadlineTime: typed(5),
  zone: typed(100),
  preset: z.enum(presets),
  kind: z.enum(letterKinds).default('open-letter'),
  language: z.string().max(35).default('en'),
  date: typed(10),
  place: typed(TEXT_LIMITS.line),
  subtitle: typed(TEXT_LIMITS.line),
  salutation: typed(TEXT_LIMITS.lines),
  closing: typed(TEXT_LIMITS.lines),
  disclaimer: typed(TEXT_LIMITS.lines),
  reference: typed(TEXT_LIMITS.line),
  cc: typed(TEXT_LIMITS.lines),
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
});
type LetterFields = z.output<typeof fields>;

/** The names of the form's fields, for showing a draft in it. */
export type LetterFieldName = keyof LetterFields;

class Checker {
  readonly faults: Fault[] = [];

  take(place: string, accepted: Result<string, TextFault>): string {
    if (accepted.ok) return accepted.value;
    this.fault(place, accepted.reason.reason, accepted.reason.values);
    return '';
  }

  fault(place: string, reason: string, values: Fault['values'] = {}): void {
    const { limit, ...rest } = values;
    // The sentences speak of a `maximum`.
    this.faults.push({ place, reason, values: limit === undefined ? rest : { ...rest, maximum: limit } });
  }
}

const day = (checker: Checker, place: string, value: string): string | null => {
  const text = value.trim();
  if (text === '') return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && deadlineInstant(text, '12:00', 'UTC')) return text;
  checker.fault(place, 'not-a-date');
  return null;
};

function deadline(checker: Checker, given: LetterFields): Date | null {
  const date = day(checker, 'deadlineDay', given.deadlineDay);
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

function block(checker: Checker, given: LetterFields): GivenBlockSettings {
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
  };
}

/** Places of the canonical text to the fields they were typed in. */
const fieldOf = (place: string): string => (place.startsWith('addressees') ? 'to' : place);

function read(given: LetterFields): Result<LetterInput, readonly Fault[]> {
  const checker = new Checker();
  const addressees = readAddressees(given.to);
  if (addressees.length > TEXT_LIMITS.addressees) checker.fault('to', 'too-many', { maximum: TEXT_LIMITS.addressees });
  if (addressees.some(({ lines }) => lines.length > TEXT_LIMITS.addresseeLines)) {
    checker.fault('to', 'too-many-lines', { maximum: TEXT_LIMITS.addresseeLines });
  }
  const text = acceptTypedText({ ...given, addressees });
  if (!text.ok) for (const { place, reason, values } of text.reason) checker.fault(fieldOf(place), reason, values);
  if (given.headline.trim() === '') checker.fault('headline', 'required');
  if (!isZone(given.zone)) checker.fault('zone', 'not-offered');
  if (!isOffered(given.preset)) checker.fault('preset', 'not-offered');
  if (!(letterLanguages as readonly string[]).includes(given.language)) checker.fault('language', 'not-offered');
  const cc = given.cc
    .split('\n')
    .map((line) => checker.take('cc', acceptLine(line, TEXT_LIMITS.line)))
    .filter((line) => line !== '');
  const input: LetterInput = {
    kind: given.kind,
    preset: given.preset,
    language: given.language,
    addressees,
    headline: given.headline.trim(),
    subtitle: given.subtitle,
    salutation: given.salutation,
    body: given.body,
    closing: given.closing,
    disclaimer: given.disclaimer,
    reference: checker.take('reference', acceptLine(given.reference, TEXT_LIMITS.line)),
    cc,
    date: day(checker, 'date', given.date),
    place: checker.take('place', acceptName(given.place, TEXT_LIMITS.line)) || null,
    zone: given.zone,
    deadlineAt: deadline(checker, given),
    block: block(checker, given),
  };
  return checker.faults.length > 0 ? { ok: false, reason: checker.faults } : { ok: true, value: input };
}

function readOrReport(given: LetterFields, context: z.RefinementCtx): LetterInput {
  const result = read(given);
  if (result.ok) return result.value;
  for (const { place, reason, values } of result.reason) {
    context.addIssue({ code: 'custom', path: [place], params: { reason, ...values } });
  }
  return z.NEVER;
}

/** The form of a letter. Whatever is wrong is named at its field, all of it at once. */
export const letterForm = fields.transform(readOrReport);

/** The same for a draft that exists, with the revision that was on the page. */
export const editedLetterForm = fields
  .extend({ revision: z.coerce.number().int().positive().max(2_147_483_647) })
  .transform(({ revision, ...given }, context) => ({ letter: readOrReport(given, context), revision }));

/** What the freeze page showed. */
export const freezeForm = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  revision: z.coerce.number().int().positive().max(2_147_483_647),
});

/** A new deadline, in the zone of the letter. */
export const reopenForm = z.object({ deadlineDay: typed(10), deadlineTime: typed(5) });

/** The word that a deletion asks for. */
export const deleteForm = z.object({ sure: z.literal('yes') });
