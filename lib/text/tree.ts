/**
 * The tree of a letter's body: what Markdown is parsed into and what every renderer (page, PDF, Markdown, plain text) walks.
 * A closed set: raw HTML, images and code never get in, they are faults of the parse.
 */
export type Inline =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'emphasis' | 'strong' | 'superscript'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly type: 'break' }
  | { readonly type: 'footnote-reference'; readonly number: number };

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;
export type CellAlignment = 'start' | 'centre' | 'end';

export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: HeadingLevel; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly tight: boolean;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly type: 'table';
      readonly alignments: readonly CellAlignment[];
      readonly header: readonly TableCell[];
      readonly rows: readonly (readonly TableCell[])[];
    }
  | { readonly type: 'rule' };

export type TableCell = readonly Inline[];

/** Footnotes are numbered 1… in the order of their first reference; one that is never referred to is a fault of the parse. */
export interface Footnote {
  readonly number: number;
  readonly blocks: readonly Block[];
}

export interface Body {
  readonly blocks: readonly Block[];
  readonly footnotes: readonly Footnote[];
}
