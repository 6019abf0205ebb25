import { z } from 'zod';
import type { StoredAddressee } from '../../db/schema/tables/letters.ts';
import { acceptTypedText, TEXT_LIMITS } from '../text/canonical.ts';
import { acceptLine } from '../text/characters.ts';
import { BODY_LIMIT } from '../text/markdown.ts';
import { readAddressees } from './addressees.ts';
import { type FieldChecker, readOrReport, seenRevision, typed } from './field-checker.ts';
import { letterLanguages } from './languages.ts';

/** The words of a letter in one language. */
export interface TextInput {
  readonly addressees: readonly StoredAddressee[];
  readonly headline: string;
  readonly subtitle: string;
  readonly salutation: string;
  /** Markdown as typed; its normal form is made when it is frozen. */
  readonly body: string;
  readonly closing: string;
  readonly disclaimer: string;
  /** Reference and copies are outside the canonical text. */
  readonly reference: string;
  readonly cc: readonly string[];
}

export const textFields = {
  to: typed(TEXT_LIMITS.line * 20),
  headline: typed(TEXT_LIMITS.line),
  body: typed(BODY_LIMIT),
  subtitle: typed(TEXT_LIMITS.line),
  salutation: typed(TEXT_LIMITS.lines),
  closing: typed(TEXT_LIMITS.lines),
  disclaimer: typed(TEXT_LIMITS.lines),
  reference: typed(TEXT_LIMITS.line),
  cc: typed(TEXT_LIMITS.lines),
};
type TextFields = z.output<z.ZodObject<typeof textFields>>;
export type TextFieldName = keyof TextFields;

/** In the order of the form. */
export const textFieldNames: readonly TextFieldName[] = [
  'to',
  'headline',
  'body',
  'subtitle',
  'salutation',
  'closing',
  'disclaimer',
  'reference',
  'cc',
];

/** As long as the form of a text may be, in bytes: a body of four-byte letters, and the rest. */
export const LETTER_FORM_LIMIT = BODY_LIMIT * 4 + 256 * 1024;

/** Places of the canonical text to the fields they were typed in. */
const fieldOf = (place: string): string => (place.startsWith('addressees') ? 'to' : place);

const splitLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What was typed, with nothing judged: for keeping it. */
export const typedText = ({ to, headline, cc, ...given }: TextFields): TextInput => ({
  addressees: readAddressees(to),
  headline: headline.trim(),
  subtitle: given.subtitle,
  salutation: given.salutation,
  body: given.body,
  closing: given.closing,
  disclaimer: given.disclaimer,
  reference: given.reference,
  cc: splitLines(cc),
});

/** Names whatever of a text no letter may hold. */
export function checkText(checker: FieldChecker, text: TextInput): void {
  const { addressees } = text;
  if (addressees.length > TEXT_LIMITS.addressees) checker.fault('to', 'too-many', { maximum: TEXT_LIMITS.addressees });
  if (addressees.some(({ lines }) => lines.length > TEXT_LIMITS.addresseeLines)) {
    checker.fault('to', 'too-many-lines', { maximum: TEXT_LIMITS.addresseeLines });
  }
  const accepted = acceptTypedText(text);
  if (!accepted.ok) for (const { place, reason, values } of accepted.reason) checker.fault(fieldOf(place), reason, values);
  if (text.headline === '') checker.fault('headline', 'required');
}

export function readText(checker: FieldChecker, given: TextFields): TextInput {
  const text = typedText(given);
  checkText(checker, text);
  return {
    ...text,
    reference: checker.take('reference', acceptLine(text.reference, TEXT_LIMITS.line)),
    cc: text.cc.map((line) => checker.take('cc', acceptLine(line, TEXT_LIMITS.line))).filter((line) => line !== ''),
  };
}

export function readLanguage(checker: FieldChecker, language: string): string {
  if (!isLetterLanguage(language)) checker.fault('language', 'not-offered');
  return language;
}

/** What can be the language of a stored text: of any letter, as an imported one may bring others than the form offers. */
export const isLanguageTag = (text: string): boolean => /^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/.test(text);

export const isLetterLanguage = (language: string): boolean => (letterLanguages as readonly string[]).includes(language);

const context = {
  /** The language it is in from now on: another than its page's where it was said wrongly. */
  language: z.string().max(35).default(''),
  /** Which save of this text the page showed; 0 where there was none. */
  revision: seenRevision,
  /** What the words on the form follow: the authentic text that stood beside them when they were begun, however often they came back. */
  sourceLanguage: z.string().max(100).default(''),
  sourceRevision: seenRevision.default(0),
  /** The translator says that they follow the authentic text as shown now: see `inLineValue`. */
  inLine: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}\.\d{1,9}$/)
    .optional(),
};

/** What that box sends. It names the text it was ticked for: over one that has moved since, it is no longer ticked. */
export const inLineValue = (source: { readonly language: string; readonly revision: number }): string =>
  `${source.language}.${source.revision}`;

function readFollows(given: { readonly sourceLanguage: string; readonly sourceRevision: number; readonly inLine?: string | undefined }) {
  const [language, revision] = given.inLine?.split('.') ?? [];
  return language === undefined
    ? { language: given.sourceLanguage, revision: given.sourceRevision }
    : { language, revision: Number(revision) };
}

/** The text of a letter in one language, as its page sends it. */
export const textForm = z.object({ ...textFields, ...context }).transform((given, refinement) =>
  readOrReport(given, refinement, (checker) => ({
    text: readText(checker, given),
    language: given.language === '' ? null : given.language,
    revision: given.revision,
    follows: readFollows(given),
  })),
);

/** What no database takes stands for itself no more; everything else does. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();

/** The same for somebody who lets another's text stand: kept as typed, whatever it is. */
export const setAsideTextForm = z.object({ ...textFields, revision: context.revision }).transform(({ revision, ...given }) => {
  const fields = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, storable(value)])) as TextFields;
  return { text: typedText(fields), revision };
});
