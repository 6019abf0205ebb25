/**
 * `undersigned-letter/1`, the letter file: what it may hold, key by key. Objects are closed: a key nobody knows is a fault, since a
 * misspelt `organization` would otherwise lose a name in silence. The published JSON Schema is made from this one definition.
 */
import { z } from 'zod';
import type { GivenBlockSettings, SignatoryRecord } from '../block/record.ts';
import type { Result } from '../shared/result.ts';
import { TEXT_LIMITS } from '../text/canonical.ts';
import type { TextFault } from '../text/characters.ts';
import { acceptLine, acceptName } from '../text/characters.ts';
import { BODY_LIMIT } from '../text/markdown.ts';

export const LETTER_FORMAT = 'undersigned-letter/1';

/** UTF-16 units. Roles and affiliations are long in real letters; a name of a person is not. */
export const RECORD_LIMITS = {
  name: 300,
  role: 1000,
  organisation: 1000,
  acronym: 100,
  city: 200,
  country: 200,
  url: 2000,
  familyName: 300,
  sortAs: 1000,
  printAs: 3000,
} as const;

type Accept = (value: string, limit: number) => Result<string, TextFault>;

/** A string that the character rules accept; an empty one counts as absent. */
const optionalText = (accept: Accept, limit: number, description?: string) => {
  const text = z
    .string()
    .max(limit)
    .transform((value, context): string | undefined => {
      const accepted = accept(value, limit);
      if (accepted.ok) return accepted.value === '' ? undefined : accepted.value;
      context.addIssue({ code: 'custom', params: { reason: accepted.reason.reason, values: accepted.reason.values } });
      return z.NEVER;
    });
  return (description === undefined ? text : text.meta({ description })).optional();
};
const name = (limit: number, description?: string) => optionalText(acceptName, limit, description);
const line = (description?: string) => optionalText(acceptLine, TEXT_LIMITS.line, description);

/** Fields that `lib/text/canonical.ts` takes apart keep what was typed; it applies the character rules and names the faults. */
const typed = (limit: number) => z.string().max(limit);

export const isLanguage = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
const language = z
  .string()
  .max(100)
  .refine(isLanguage, { params: { reason: 'not-a-language' } })
  .meta({ description: 'BCP 47 language tag' });

const acceptLinesVerbatim: Accept = (value, limit) => {
  const lines = value
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((part) => acceptName(part, limit));
  const refused = lines.find((part) => !part.ok);
  if (refused !== undefined && !refused.ok) return refused;
  return {
    ok: true,
    value: lines
      .map((part) => (part.ok ? part.value : ''))
      .filter((part) => part !== '')
      .join('\n'),
  };
};

const isWebUrl = (value: string): boolean => value === '' || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));

export const recordSchema = z
  .strictObject({
    capacity: z.enum(['organisation', 'personal']),
    name: name(RECORD_LIMITS.name, 'The person; for an organisation its representative'),
    role: name(RECORD_LIMITS.role),
    organisation: name(RECORD_LIMITS.organisation, 'The organisation that signs; beside a personal signature the affiliation'),
    acronym: name(RECORD_LIMITS.acronym),
    city: name(RECORD_LIMITS.city),
    country: name(RECORD_LIMITS.country),
    url: name(RECORD_LIMITS.url).refine((value) => value === undefined || isWebUrl(value), { params: { reason: 'not-a-web-address' } }),
    familyName: name(RECORD_LIMITS.familyName),
    sortAs: name(RECORD_LIMITS.sortAs, 'What the entry is sorted by'),
    printAs: optionalText(acceptLinesVerbatim, RECORD_LIMITS.printAs, 'Printed verbatim, whatever the form'),
    names: z
      .record(language, name(RECORD_LIMITS.organisation).unwrap())
      .optional()
      .meta({ description: "The leading name by language: the organisation's, or the person's" }),
    section: z.literal('initiators').optional(),
    publication: z.enum(['public', 'addressee', 'counted']).optional(),
    signedAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
    addendum: z.iso.date().optional().meta({ description: 'The day of the addendum it stands in: it came after the letter was delivered' }),
  })
  .superRefine((record, context) => {
    if (record.capacity === 'personal' && record.name === undefined) {
      context.addIssue({ code: 'custom', path: ['name'], params: { reason: 'personal-without-name' } });
    } else if (record.name === undefined && record.organisation === undefined) {
      context.addIssue({ code: 'custom', params: { reason: 'neither-name-nor-organisation' } });
    }
  })
  .transform((record): SignatoryRecord => {
    const names = presentKeys(record.names ?? {});
    // The cast drops `undefined` from the optional keys, which `presentKeys` has just done to the values.
    return presentKeys({ ...record, names: Object.keys(names).length === 0 ? undefined : names }) as unknown as SignatoryRecord;
  })
  .meta({ id: 'signatory' });

const section = z.strictObject({
  heading: line('Printed above the section'),
  order: z.enum(['signing', 'manual', 'alphabetical', 'family-name', 'given-name', 'country']).optional(),
  form: z.enum(['stacked', 'line', 'parentheses']).optional(),
  columns: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
});

const block = z.strictObject({
  initiators: section.optional(),
  organisations: section.optional(),
  personal: section.optional(),
  numbered: z.boolean().optional(),
  counts: z.boolean().optional(),
  country: z.boolean().optional(),
  identificationNote: z.boolean().optional(),
  justified: z.boolean().optional(),
});

const addressee = z.strictObject({
  name: typed(TEXT_LIMITS.line).min(1),
  office: typed(TEXT_LIMITS.line).optional(),
  lines: z.array(typed(TEXT_LIMITS.line)).max(TEXT_LIMITS.addresseeLines).optional(),
});

const text = z.strictObject({
  language,
  headline: typed(TEXT_LIMITS.line).min(1),
  subtitle: typed(TEXT_LIMITS.line).optional(),
  addressees: z.array(addressee).max(TEXT_LIMITS.addressees).optional(),
  cc: z.array(line()).max(TEXT_LIMITS.addressees).optional(),
  reference: line(),
  salutation: typed(TEXT_LIMITS.lines).optional(),
  body: typed(BODY_LIMIT).meta({ description: 'Markdown: see docs/canonical-text.md' }),
  closing: typed(TEXT_LIMITS.lines).optional(),
  disclaimer: typed(TEXT_LIMITS.lines).optional(),
});

const letter = z
  .strictObject({
    kind: z.enum(['open-letter', 'petition', 'statement']).optional(),
    authenticLanguage: language,
    date: z.union([z.iso.date(), z.literal('')]).optional(),
    place: line(),
    texts: z.array(text).min(1).max(60),
  })
  .superRefine((given, context) => {
    if (!given.texts.some((one) => one.language === given.authenticLanguage)) {
      context.addIssue({ code: 'custom', path: ['authenticLanguage'], params: { reason: 'no-text-in-authentic-language' } });
    }
    given.texts.forEach((one, index) => {
      if (given.texts.findIndex((other) => other.language === one.language) === index) return;
      context.addIssue({ code: 'custom', path: ['texts', index, 'language'], params: { reason: 'language-twice' } });
    });
  });

const head = {
  format: z.literal(LETTER_FORMAT),
  letter,
  block: block.optional().transform((given): GivenBlockSettings => given ?? {}),
};

/** The file without its signatories, which are read one by one. */
export const letterHeadSchema = z.strictObject(head);
/** The whole file, as its JSON Schema describes it. */
export const letterFileSchema = z.strictObject({ ...head, block: block.optional(), signatories: z.array(recordSchema).optional() });

type GivenHead = z.output<typeof letterHeadSchema>;
export type GivenText = GivenHead['letter']['texts'][number];

/** Keys that were given but empty are absent in the record, so that equal signatories are equal objects. */
function presentKeys(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
