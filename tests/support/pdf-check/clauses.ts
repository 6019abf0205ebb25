/**
 * What the checker looks at, by clause: `UA` is ISO 14289-1 (PDF/UA-1), `A` is ISO 19005-2 at level B (PDF/A-2b). The table of
 * docs/pdf-conformance.md has the same rows.
 */
export const CLAUSES = [
  'UA 7.1 content',
  'UA 7.1 catalogue',
  'UA 7.1 types',
  'UA 7.2 language',
  'UA 7.2 nesting',
  'UA 7.3 figures',
  'UA 7.4.2 headings',
  'UA 7.5 tables',
  'UA 7.6 lists',
  'UA 7.8 head and foot',
  'UA 7.9 notes',
  'UA 7.16 security',
  'UA 7.18.1 annotations',
  'UA 7.18.3 tab order',
  'UA 7.18.5 links',
  'UA 7.20 forms',
  'UA 7.21.3 composite fonts',
  'UA 7.21.4 embedding',
  'UA 7.21.5 widths',
  'UA 7.21.7 characters',
  'UA 7.21.8 no .notdef',
  'A 6.1.2 header',
  'A 6.1.3 trailer',
  'A 6.1.7 streams',
  'A 6.1.13 limits',
  'A 6.2.2 content streams',
  'A 6.2.3 output intent',
  'A 6.2.4 colours',
  'A 6.2.8 pictures',
  'A 6.2.9 XObjects',
  'A 6.2.10 transparency',
  'A 6.3 annotations',
  'A 6.4 forms',
  'A 6.5 actions',
  'A 6.6.2 metadata',
  'A 6.8 embedded files',
  'A 6.9 optional content',
  'A 6.10 no alternates',
] as const;

export type Clause = (typeof CLAUSES)[number];

export interface Finding {
  readonly clause: Clause;
  readonly says: string;
}

/** Every sentence as a finding of one clause. */
export const against = (clause: Clause, sentences: Iterable<string>): Finding[] =>
  Array.from(new Set(sentences), (says) => ({ clause, says }));
