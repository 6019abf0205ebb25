import { z } from 'zod';
import type { SectionKind } from '../block/model.ts';
import type { BlockSettings, Form, GivenBlockSettings, GivenSection, Order } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import { TEXT_LIMITS } from '../text/canonical.ts';
import { acceptLine } from '../text/characters.ts';
import { type FieldChecker, readOrReport, seenRevision } from './field-checker.ts';

/** As long as the form of the block may be, in bytes: three headings in each of sixty languages. */
export const BLOCK_FORM_LIMIT = 512 * 1024;

export const blockOrders = [
  'signing',
  'manual',
  'alphabetical',
  'family-name',
  'given-name',
  'country',
] as const satisfies readonly Order[];
export const blockForms = ['stacked', 'line', 'parentheses'] as const satisfies readonly Form[];
export const blockColumns = ['1', '2', '3'] as const;
export const blockSwitches = ['numbered', 'counts', 'country', 'identificationNote', 'justified'] as const;

/** What one section is told; headings by BCP 47 language, the authentic one's among them. */
export interface SectionInput {
  readonly order: Order;
  readonly form: Form;
  readonly columns: 1 | 2 | 3;
  readonly headings: Readonly<Record<string, string>>;
}

export type BlockInput = Readonly<Record<SectionKind, SectionInput>> & Readonly<Record<(typeof blockSwitches)[number], boolean>>;

export const headingField = (section: SectionKind, language: string): string => `${section}Heading-${language}`;

const HEADING = /^(initiators|organisations|personal)Heading-([A-Za-z0-9-]{1,100})$/;

const order = z.enum(blockOrders);
const form = z.enum(blockForms);
const columns = z.enum(blockColumns).transform((value) => Number(value) as 1 | 2 | 3);
/** A box that is not ticked sends nothing. */
const ticked = z
  .enum(['', 'yes', 'no'])
  .default('')
  .transform((value) => value === 'yes');

const fields = z.looseObject({
  initiatorsOrder: order,
  initiatorsForm: form,
  initiatorsColumns: columns,
  organisationsOrder: order,
  organisationsForm: form,
  organisationsColumns: columns,
  personalOrder: order,
  personalForm: form,
  personalColumns: columns,
  numbered: ticked,
  counts: ticked,
  country: ticked,
  identificationNote: ticked,
  justified: ticked,
  revision: seenRevision,
  /** Where whoever saves goes on. */
  next: z.enum(['order']).optional().catch(undefined),
});

/** The settings of a signatory block, with the revision of the letter's settings that their page showed. */
export const blockForm = fields.transform((given, context) =>
  readOrReport(given, context, (checker) => ({ revision: given.revision, next: given.next, block: readBlock(checker, given) })),
);

function readBlock(checker: FieldChecker, given: z.output<typeof fields>): BlockInput {
  const headings: Record<SectionKind, Record<string, string>> = { initiators: {}, organisations: {}, personal: {} };
  for (const [name, value] of Object.entries(given)) {
    const [, section, language] = HEADING.exec(name) ?? [];
    if (section === undefined || language === undefined) continue;
    if (typeof value !== 'string') checker.fault(name, 'invalid');
    else headings[section as SectionKind][language] = checker.take(name, acceptLine(value, TEXT_LIMITS.line)).trim();
  }
  return {
    initiators: {
      order: given.initiatorsOrder,
      form: given.initiatorsForm,
      columns: given.initiatorsColumns,
      headings: headings.initiators,
    },
    organisations: {
      order: given.organisationsOrder,
      form: given.organisationsForm,
      columns: given.organisationsColumns,
      headings: headings.organisations,
    },
    personal: { order: given.personalOrder, form: given.personalForm, columns: given.personalColumns, headings: headings.personal },
    numbered: given.numbered,
    counts: given.counts,
    country: given.country,
    identificationNote: given.identificationNote,
    justified: given.justified,
  };
}

/** Settings as a letter's row holds them; headings of languages that the form did not speak of stay. */
export function blockToStore(input: BlockInput, stored: GivenBlockSettings, authentic: string): GivenBlockSettings {
  const section = (kind: SectionKind): GivenSection => {
    const { headings: given, ...settings } = input[kind];
    const { [authentic]: heading = '', ...others } = given;
    const headings = Object.entries({ ...stored[kind]?.headings, ...others }).filter(
      ([language, words]) => words !== '' && language !== authentic,
    );
    return {
      ...settings,
      ...(heading === '' ? {} : { heading }),
      ...(headings.length === 0 ? {} : { headings: Object.fromEntries(headings) }),
    };
  };
  const { numbered, counts, country, identificationNote, justified } = input;
  return {
    initiators: section('initiators'),
    organisations: section('organisations'),
    personal: section('personal'),
    numbered,
    counts,
    country,
    identificationNote,
    justified,
  };
}

/** Stored settings as their form shows them. */
export function blockFormValues(
  settings: BlockSettings,
  stored: GivenBlockSettings,
  texts: readonly { readonly language: string }[],
  authentic: string,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const kind of SECTION_KINDS) {
    values[`${kind}Order`] = settings[kind].order;
    values[`${kind}Form`] = settings[kind].form;
    values[`${kind}Columns`] = String(settings[kind].columns);
    for (const { language } of texts) {
      const own = language === authentic ? stored[kind]?.heading : stored[kind]?.headings?.[language];
      values[headingField(kind, language)] = own ?? '';
    }
  }
  for (const name of blockSwitches) values[name] = settings[name] ? 'yes' : '';
  return values;
}
