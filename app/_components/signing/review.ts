import type { Entry } from '../../../lib/block/model.ts';
import { recordOf } from '../../../lib/signatures/capacity.ts';
import { printedEntry } from '../../../lib/signatures/mail.ts';
import { ENTRY_FIELDS, type EntryInput, type SignInput } from '../../../lib/signatures/schema.ts';
import type { ShownLetter } from '../../../lib/signatures/shown-letter.ts';
import type { FormView } from '../ui/form-view.ts';

export interface Review {
  readonly input: SignInput;
  readonly entries: readonly ReviewedEntry[];
}

export interface ReviewedEntry {
  readonly given: EntryInput;
  readonly entry: Entry;
}

/**
 * What was typed and kept, ready to be looked at; null where it is not, or where a field is to be mended first.
 * @param parse reads the fields of the last look by the schema of their door; null for what it refuses
 */
export function readReview(
  letter: ShownLetter,
  form: FormView,
  parse: (typed: Readonly<Record<string, string>>) => SignInput | null,
): Review | null {
  const step = form.value('step');
  if (step === '' || step === 'more') return null;
  if (form.errors.some(({ place }) => place !== '' && !place.endsWith('authorised'))) return null;
  const { fingerprint, language } = letter.text;
  // The text moved on since: it is to be read again before anything is signed.
  if (form.value('fingerprint') !== fingerprint) return null;
  const typed = Object.fromEntries(ENTRY_FIELDS.map((field) => [field, form.value(field)]).filter(([, value]) => value !== ''));
  const input = parse({ ...typed, step: 'check', fingerprint, language });
  if (input === null) return null;
  return {
    input,
    entries: input.entries.map((given) => ({ given, entry: printedEntry(letter, recordOf(input.name, given, letter)) })),
  };
}
