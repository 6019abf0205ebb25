/**
 * The signatory block of one edition: the one model that page, PDF, Markdown, plain text and API render, so that no two of them can
 * print a name differently. Pure data; made by `sections.ts` from signatory records and block settings.
 */

/** One signatory as it prints. */
export interface Entry {
  /** At least one line. `stacked` gives a line each for the lead and its details; `line` and `parentheses` give one. */
  readonly lines: readonly string[];
  /** UTF-16 length of the part of `lines[0]` set in the stronger weight: the organisation's or the person's name. */
  readonly lead: number;
  /**
   * What the last line joins behind the lead, in order ("Chair", "Quay Union", "Oslo"), each standing in it unbroken: where directions
   * mix, a renderer keeps every part to itself. Absent where nothing is joined, or the line is verbatim.
   */
  readonly parts?: readonly string[];
}

export type SectionKind = 'initiators' | 'organisations' | 'personal';

/** Names that came after the delivery, of one day: they stand below the list that was delivered and never in it. */
export interface Addendum {
  /** ISO calendar date, in the letter's zone. */
  readonly day: string;
  /** "Addendum of 3 May 2027", in the language of the list. */
  readonly heading: string;
}

export interface Section {
  readonly kind: SectionKind;
  /** The addendum it stands in; left out where it is of the list itself. Sections of one addendum follow one another. */
  readonly addendum?: Addendum;
  /** Null where the letter gives none: organisations print without a heading by default. */
  readonly heading: string | null;
  /** "Affiliations are given for identification only", in the letter's language; stands at the head of a personal section. */
  readonly note: string | null;
  /** "14 organisations", in the letter's language, where the letter prints counts. */
  readonly countLine: string | null;
  readonly count: number;
  readonly columns: 1 | 2 | 3;
  readonly numbered: boolean;
  /**
   * The entries in printing order, in batches of up to a few hundred, so that a million of them never stand in memory at once.
   * Each call starts from the beginning: a renderer may walk a section twice.
   */
  batches(): AsyncIterable<readonly Entry[]>;
}
