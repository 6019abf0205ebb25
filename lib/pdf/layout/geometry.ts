/** Points. Offsets from the start edge: left in a left-to-right document, right in a right-to-left one. */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
  readonly rightToLeft: boolean;
}

export type PageSize = 'a4' | 'letter';

export function pageGeometry(page: PageSize, rightToLeft: boolean): Geometry {
  return page === 'a4'
    ? { width: 595.28, height: 841.89, side: 78, top: 80, bottom: 76, rightToLeft }
    : { width: 612, height: 792, side: 86, top: 76, bottom: 72, rightToLeft };
}

/** A column of text. */
export interface Column {
  /** From the page's start edge. */
  readonly start: number;
  readonly width: number;
}

export const measure = ({ width, side }: Geometry): Column => ({ start: side, width: width - 2 * side });

/** The part of a column that is left when `by` points are taken from its start, and `end` from its end. */
export const indent = (column: Column, by: number, end = 0): Column => ({ start: column.start + by, width: column.width - by - end });

/** No indentation leaves a column narrower than this part of the measure: deeper text stays where the text around it stands. */
const LEAST_COLUMN = 0.55;

/** Points that may still be taken from a column by indentation. */
export const indentable = (geometry: Geometry, column: Column): number =>
  Math.max(0, column.width - measure(geometry).width * LEAST_COLUMN);

export type Alignment = 'start' | 'centre' | 'end';

/** Left edge of a line this wide. */
export function leftEdge({ width: pageWidth, rightToLeft }: Geometry, column: Column, lineWidth: number, alignment: Alignment): number {
  const free = column.width - lineWidth;
  const before = alignment === 'start' ? 0 : alignment === 'end' ? free : free / 2;
  return rightToLeft ? pageWidth - column.start - before - lineWidth : column.start + before;
}
