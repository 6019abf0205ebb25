import { CsvError, parse } from 'csv-parse/sync';
import type { Capacity } from '../../db/schema/values.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { MOST_COLUMNS, type PastedColumn, pastedColumns, type VouchRow, type VouchRowsInput, vouchRow } from './vouch-schema.ts';

/** Rows recorded in one go: more than anybody looks through before they press the button. */
export const MOST_PASTED = 200;
/** More than anybody reads. */
const MOST_FAULTS = 50;

export interface PastedLine {
  /** As the text counts it, from 1; a cell may hold several lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

interface WithInfo {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Out of a spreadsheet comes a tab between cells, out of a file a comma or, where commas are decimal, a semicolon. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return ['\t', ';', ','].find((sign) => first.includes(sign)) ?? ',';
}

/** The cells of a pasted table, empty rows left out. */
export function readPasted(text: string): Result<readonly PastedLine[], Fault> {
  try {
    // With `info` each row comes with where it ended, which the types of the package do not know.
    const rows: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      // An inch is no quotation.
      relax_quotes: true,
      trim: true,
    });
    let end = 0;
    const lines = (rows as readonly WithInfo[]).map(({ record, info }) => {
      const line = end + 1;
      end = info.lines;
      return { line, cells: record };
    });
    return success(lines.filter(({ cells }) => cells.some((cell) => cell !== '')));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return refusal({ place: 'rows', reason: 'broken', values: { line } });
  }
}

/** Headings as spreadsheets have them, folded; also those of our own tables. */
const HEADINGS: Readonly<Record<PastedColumn, readonly string[]>> = {
  capacity: ['capacity', 'kind', 'type'],
  organisation: ['organisation', 'organisationname', 'affiliation', 'institution', 'company', 'ngo'],
  acronym: ['acronym', 'abbreviation', 'shortname'],
  name: ['name', 'fullname', 'person', 'signatory', 'contact', 'representative', 'contactperson'],
  role: ['role', 'position', 'title', 'function', 'jobtitle'],
  city: ['city', 'town', 'place'],
  country: ['country', 'nation'],
  email: ['email', 'emailaddress', 'mail', 'address'],
};

// Either spelling.
const folded = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '')
    .replace('organiz', 'organis');

/** Which column each heading names, each at most once; null for one that is none of ours. */
export function guessColumns(cells: readonly string[]): readonly (PastedColumn | null)[] {
  const taken = new Set<PastedColumn>();
  return cells.slice(0, MOST_COLUMNS).map((cell) => {
    const column = pastedColumns.find((each) => !taken.has(each) && HEADINGS[each].includes(folded(cell))) ?? null;
    if (column) taken.add(column);
    return column;
  });
}

/** A first row is a heading where it names who is recorded. */
export const isHeading = (columns: readonly (PastedColumn | null)[]): boolean =>
  columns.includes('name') || columns.includes('organisation');

const CAPACITIES: Readonly<Record<Capacity, readonly string[]>> = {
  organisation: ['organisation', 'organization', 'organisations', 'org', 'ngo', 'group'],
  personal: ['personal', 'person', 'individual', 'personally', 'people'],
};

export interface PastedRow {
  readonly line: number;
  readonly row: VouchRow;
}

/** Every row of a pasted table, or every fault by line and column: nothing is taken of a table with a fault. */
export function acceptPasted(input: VouchRowsInput): Result<readonly PastedRow[], readonly Fault[]> {
  const read = readPasted(input.rows);
  if (!read.ok) return refusal([read.reason]);
  const [first] = read.value;
  if (!first) return refusal([{ place: 'rows', reason: 'required' }]);
  const guessed = guessColumns(first.cells);
  if (input.columns === null && !isHeading(guessed)) return refusal([{ place: 'column0', reason: 'choose' }]);
  const columns = input.columns ?? guessed;
  const hasHeading = input.columns === null || input.heading;
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice !== undefined && twice !== null) return refusal([{ place: `column${columns.lastIndexOf(twice)}`, reason: 'twice' }]);
  if (!isHeading(columns)) return refusal([{ place: 'column0', reason: 'choose' }]);
  if (input.kind === 'column' && !columns.includes('capacity')) return refusal([{ place: 'kind', reason: 'no-such-column' }]);
  const lines = hasHeading ? read.value.slice(1) : read.value;
  if (lines.length === 0) return refusal([{ place: 'rows', reason: 'required' }]);
  if (lines.length > MOST_PASTED)
    return refusal([{ place: 'rows', reason: 'too-many-rows', values: { maximum: MOST_PASTED, rows: lines.length } }]);
  const headings = hasHeading ? first.cells : [];
  const rows: PastedRow[] = [];
  const faults: Fault[] = [];
  for (const { line, cells } of lines) {
    const accepted = vouchRow.safeParse(rowOf(cells, columns, input.kind));
    if (accepted.success) rows.push({ line, row: accepted.data });
    else {
      for (const { path, code, ...issue } of accepted.error.issues) {
        const column = String(path[0] ?? '');
        const at = (columns as readonly (string | null)[]).indexOf(column);
        const params = code === 'custom' ? ('params' in issue && issue.params) || {} : { reason: 'not-offered' };
        faults.push(faultAt(line, headings[at] || column, params));
      }
    }
  }
  return faults.length > 0 ? refusal(atMost(faults)) : success(rows);
}

function rowOf(cells: readonly string[], columns: readonly (PastedColumn | null)[], kind: VouchRowsInput['kind']): object {
  const given: Partial<Record<PastedColumn, string>> = {};
  for (const [index, column] of columns.entries()) if (column !== null) given[column] = cells[index] ?? '';
  const said = folded(given.capacity ?? '');
  const capacity = kind === 'column' ? (['organisation', 'personal'] as const).find((each) => CAPACITIES[each].includes(said)) : kind;
  return { ...given, capacity: capacity ?? said };
}

/** A fault of one cell, with the line it stands on in the text and the heading of its column. */
export const faultAt = (line: number, column: string, { reason = 'invalid', ...values }: Readonly<Record<string, unknown>>): Fault => ({
  place: 'rows',
  reason: `row-${String(reason)}`,
  values: {
    ...Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1])),
    ),
    line,
    column,
  },
});

export const atMost = (faults: readonly Fault[]): readonly Fault[] =>
  faults.length <= MOST_FAULTS
    ? faults
    : [...faults.slice(0, MOST_FAULTS), { place: 'rows', reason: 'and-more', values: { count: faults.length - MOST_FAULTS } }];
