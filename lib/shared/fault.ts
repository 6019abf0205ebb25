/** What is wrong with one place of an input: a form field, a line of a file, a key of a letter file. */
export interface Fault {
  /** Where: `signatories[17].capacity`, `texts[0].body`, a form field's name. Empty for the input as a whole. */
  readonly place: string;
  /** A closed set per domain, in kebab case: `required`, `too-long`, `forbidden-character`, … */
  readonly reason: string;
  /** What the sentence for `reason` needs: a limit, the code point, the value found. */
  readonly values?: Readonly<Record<string, string | number>>;
}
