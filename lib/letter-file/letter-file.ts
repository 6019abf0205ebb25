import type { BlockSettings, SignatoryRecord } from '../block/record.ts';
import { withDefaults } from '../block/record.ts';
import type { LetterKind } from '../document/model.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';
import { acceptTypedText } from '../text/canonical.ts';
import { faultsOf } from './faults.ts';
import type { GivenText } from './schema.ts';
import { type LETTER_FORMAT, letterHeadSchema } from './schema.ts';

/** A letter file with every default applied; its signatories come from a `RecordSource`, since there may be a million. */
export interface LetterFile {
  readonly format: typeof LETTER_FORMAT;
  readonly letter: FileLetter;
  readonly block: BlockSettings;
}

export interface FileLetter {
  readonly kind: LetterKind;
  readonly authenticLanguage: string;
  /** ISO calendar date. */
  readonly date: string | null;
  readonly place: string | null;
  readonly texts: readonly FileText[];
}

/** As typed; `body` is Markdown. Everything in it has passed the rules of `acceptTypedText`. */
export interface FileText {
  readonly language: string;
  readonly headline: string;
  readonly subtitle: string | null;
  readonly addressees: readonly { readonly name: string; readonly office: string | null; readonly lines: readonly string[] }[];
  readonly cc: readonly string[];
  readonly reference: string | null;
  readonly salutation: string | null;
  readonly body: string;
  readonly closing: string | null;
  readonly disclaimer: string | null;
}

export type WholeLetterFile = LetterFile & { readonly signatories: readonly SignatoryRecord[] };

/** Checks everything of a parsed letter file but its signatories: shape, languages, characters, the bodies' Markdown. */
export function acceptLetterHead(value: unknown): Result<LetterFile, readonly Fault[]> {
  const parsed = letterHeadSchema.safeParse(value);
  if (!parsed.success) return refusal(faultsOf(parsed.error, value));
  const { letter, block, format } = parsed.data;
  const faults: Fault[] = [];
  for (const [index, text] of letter.texts.entries()) {
    const accepted = acceptTypedText({
      headline: text.headline,
      body: text.body,
      addressees: (text.addressees ?? []).map(({ name, office, lines }) => ({ name, office: office ?? null, lines: lines ?? [] })),
      subtitle: text.subtitle ?? null,
      salutation: text.salutation ?? null,
      closing: text.closing ?? null,
      disclaimer: text.disclaimer ?? null,
    });
    if (!accepted.ok) faults.push(...accepted.reason.map((fault) => ({ ...fault, place: `letter.texts[${index}].${fault.place}` })));
  }
  if (faults.length > 0) return refusal(faults);
  return success({
    format,
    letter: {
      kind: letter.kind ?? 'open-letter',
      authenticLanguage: letter.authenticLanguage,
      date: orNull(letter.date),
      place: orNull(letter.place),
      texts: letter.texts.map(fileText),
    },
    block: withDefaults(block),
  });
}

const orNull = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);

const fileText = (text: GivenText): FileText => ({
  language: text.language,
  headline: text.headline,
  subtitle: orNull(text.subtitle),
  addressees: (text.addressees ?? []).map(({ name, office, lines }) => ({ name, office: orNull(office), lines: lines ?? [] })),
  cc: (text.cc ?? []).filter((line): line is string => line !== undefined),
  reference: orNull(text.reference),
  salutation: orNull(text.salutation),
  body: text.body,
  closing: orNull(text.closing),
  disclaimer: orNull(text.disclaimer),
});
