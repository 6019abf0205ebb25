import { stringify } from 'csv-stringify/sync';
import type { RecordSource, SignatoryRecord } from '../block/record.ts';
import { sectionOf } from '../block/record.ts';
import { inOrder } from '../block/sorting.ts';

/**
 * The columns of the table of signatories, in this order, by the keys of the letter file. `section` is initiators, organisations or
 * personal; `addendum` is empty in the list that was delivered.
 */
export const CSV_COLUMNS = [
  'section',
  'capacity',
  'organisation',
  'acronym',
  'name',
  'role',
  'city',
  'country',
  'url',
  'familyName',
  'printAs',
  'signedAt',
  'addendum',
] as const;

/** Spreadsheets take a text in UTF-8 for their own encoding unless it begins with this mark; it always stands there. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet may run as a formula, also in its full-width form and behind spaces. */
const FORMULA = /^\s*[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A cell that a spreadsheet shows and never runs: an apostrophe goes before what could be a formula. */
export const neutralCell = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

export interface CsvInput {
  readonly source: RecordSource;
  readonly edition: 'public' | 'addressee';
}

/**
 * Signatories as CSV (RFC 4180: CR LF, quotes where needed; UTF-8 with a byte order mark; a header row), in file order and in chunks.
 * Only those whose names the edition shows.
 */
export async function* renderCsv({ source, edition }: CsvInput): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + rowsText([[...CSV_COLUMNS]]);
  for await (const batch of inOrder(source(), 'manual', 'en', true)) {
    const shown = batch.filter(
      ({ publication = 'public' }) => publication === 'public' || (publication === 'addressee' && edition === 'addressee'),
    );
    if (shown.length > 0) yield rowsText(shown.map(rowOf));
  }
}

const rowOf = (record: SignatoryRecord): string[] =>
  CSV_COLUMNS.map((column) => neutralCell(column === 'section' ? sectionOf(record) : (record[column] ?? '')));

const rowsText = (rows: readonly (readonly string[])[]): string => stringify([...rows], { record_delimiter: 'windows' });

/** Rows of any table in the same form, every cell shown and never run; `first`: with the mark that a file begins with. */
export const tableText = (rows: readonly (readonly string[])[], { first }: { readonly first: boolean }): string =>
  (first ? BYTE_ORDER_MARK : '') + rowsText(rows.map((row) => row.map(neutralCell)));
