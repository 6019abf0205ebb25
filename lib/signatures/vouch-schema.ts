import { z } from 'zod';
import { capacities, publicationChoices } from '../../db/schema/values.ts';
import { dayField, FIELD_LIMITS, optionalEmail, optionalLine, requiredLine } from './fields.ts';

/** UTF-16 units of "by what means": a sentence. */
const MEANS_LIMIT = 300;

const rowFields = {
  capacity: z.enum(capacities),
  organisation: optionalLine(FIELD_LIMITS.organisation),
  acronym: optionalLine(FIELD_LIMITS.acronym),
  name: optionalLine(FIELD_LIMITS.name),
  role: optionalLine(FIELD_LIMITS.role),
  city: optionalLine(FIELD_LIMITS.place),
  country: optionalLine(FIELD_LIMITS.place),
  email: optionalEmail,
};

interface Named {
  readonly capacity: (typeof capacities)[number];
  readonly organisation: string;
  readonly name: string;
}

/** Who is recorded has a name: an organisation its own, a person theirs. */
function requireName({ capacity, organisation, name }: Named, context: z.RefinementCtx): void {
  const missing = capacity === 'organisation' ? organisation === '' && 'organisation' : name === '' && 'name';
  if (missing) context.addIssue({ code: 'custom', path: [missing], params: { reason: 'required' } });
}

/** One person or organisation whose yes came by other means. */
export const vouchRow = z.object(rowFields).superRefine(requireName);
export type VouchRow = z.output<typeof vouchRow>;

/** By what means the yes came, and on which day. */
export const vouchedBy = { means: requiredLine(MEANS_LIMIT), date: dayField };

/** What a member says of all they record in one go. */
const vouching = {
  publication: z.enum(publicationChoices),
  /** Name and role of the person print beside the organisation: they asked for it. */
  representativePrinted: z.enum(['yes', '']).default(''),
  ...vouchedBy,
};
export type Vouching = z.output<z.ZodObject<typeof vouching>>;

/** Made with the form, and kept over its refusals: what is sent twice from one form is recorded once. */
const mark = z.string().max(64).default('');

export const vouchForm = z.object({ ...rowFields, ...vouching, mark }).superRefine(requireName);

/** The columns of a pasted table; `skip` is none of them. */
export const pastedColumns = ['capacity', 'organisation', 'acronym', 'name', 'role', 'city', 'country', 'email'] as const;
export type PastedColumn = (typeof pastedColumns)[number];
export const MOST_COLUMNS = 12;
export const columnField = (index: number): string => `column${index}`;

export const vouchRowsForm = z
  .looseObject({
    rows: z.string().max(200_000),
    /** What every row is, or that a column says it. */
    kind: z.enum([...capacities, 'column']),
    /** The first row is no entry. */
    heading: z.enum(['yes', '']).default(''),
    ...vouching,
    mark,
  })
  .transform(({ rows, kind, heading, publication, representativePrinted, means, date, mark: made, ...rest }) => ({
    mark: made,
    rows,
    kind,
    heading: heading === 'yes',
    said: { publication, representativePrinted, means, date },
    /** As they were chosen; null where the page did not ask yet. */
    columns: columnField(0) in rest ? chosenColumns(rest) : null,
  }));
export type VouchRowsInput = z.output<typeof vouchRowsForm>;

const chosenColumns = (fields: Readonly<Record<string, unknown>>): readonly (PastedColumn | null)[] =>
  Array.from({ length: MOST_COLUMNS }, (_, index) => pastedColumns.find((column) => column === fields[columnField(index)]) ?? null);
