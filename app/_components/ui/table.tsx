import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly heading: string;
  /** Numbers stand at the end, so that their digits align. */
  readonly number?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/** Rows under a caption. The first column names the row. Scrolls sideways by itself where the screen is narrow. */
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
      <table className="table">
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
              {columns.map(({ heading, number, cell }, index) =>
                index === 0 ? (
                  <th key={heading} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={heading} className={number ? 'table__number' : undefined}>
                    {cell(row)}
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

/** A time in a row that becomes a paragraph of its own where the screen is narrow: there no heading says what it is the time of. */
export function Dated({ label, time }: { readonly label: string; readonly time: ReactNode }) {
  return (
    <>
      <span className="cell-label">{label} </span>
      {time}
    </>
  );
}
