import type { Run } from './run.ts';

/** What sets a stretch of text apart from its paragraph: smaller and raised, or belonging to a link. */
export interface Look {
  /** Factor on the paragraph's size. */
  readonly scale: number;
  /** Fraction of the paragraph's size. */
  readonly rise: number;
  /** Index into the paragraph's segments: 0 is the paragraph itself. */
  readonly segment: number;
  /** Belongs to what stands before it, and no line ends between them: the mark of a note. */
  readonly attached?: true;
}

/** A line of text, its runs from left to right as they are seen. */
export interface Line {
  readonly runs: readonly Run[];
  /** One for each run; null where all are set alike. */
  readonly looks: readonly Look[] | null;
  /** Points. */
  readonly size: number;
  /** Points, without trailing spaces. */
  readonly width: number;
  /** The line ends where the text has a blank: it is written at the end, so that extracted text does not join two words. */
  readonly space: Run | null;
}

export const PLAIN: Look = { scale: 1, rise: 0, segment: 0 };

/** UTF-16 indices of a text: from the first to before the second. */
export type Range = readonly [start: number, end: number];
