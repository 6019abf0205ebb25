import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly heading: string;
  /** Numbers stand at the end, so that their digits align. */
  readonly number?: boolean;
  /** Whether its cells bear the heading where the screen is narrow and no heading stands above them. */
  readonly labelled?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/**
 * Rows under a caption. The first column names the row. On a phone each row becomes a paragraph of its own; what is too wide for a wider
 * screen scrolls inside its own frame.
 */
export function Table<Row>({
  caption,
  captionHidden = false,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="table-scroll" aria-label={caption} tabIndex={0}>
      <table className="table table--rows">
        <caption className={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, number }) => (
              <th key={heading} scope="col" className={number ? 'table__number' : undefined}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.heading} scope="row">
                    <Cell column={column} row={row} />
                  </th>
                ) : (
                  <td key={column.heading} className={column.number ? 'table__number' : undefined}>
                    <Cell column={column} row={row} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell<Row>({ column: { heading, labelled, cell }, row }: { readonly column: Column<Row>; readonly row: Row }) {
  return (
    <>
      {labelled ? <span className="cell-label">{heading} </span> : null}
      {cell(row)}
    </>
  );
}

/** Pairs of a name and its value: a summary of what was entered or how things stand. */
export function Facts({ facts }: { readonly facts: readonly { readonly name: string; readonly value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value }) => (
        // A wrapper would be fine HTML, but the grid needs the pairs themselves.
        <FactPair key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function FactPair({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Nothing to say in a cell: a dash in its column, and nothing where the row is a paragraph. */
export const Nothing = () => <span className="nothing">–</span>;
