import type { RecordSource } from '../block/record.ts';
import { makeSections } from '../block/sections.ts';
import type { FileLetter, FileText, LetterFile } from '../letter-file/letter-file.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';
import type { AcceptedText } from '../text/canonical.ts';
import { acceptTypedText, canonicalText } from '../text/canonical.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import type { DocumentMark, DocumentText, Edition, LetterDocument } from './model.ts';

export interface FromLetterFileInput {
  readonly file: LetterFile;
  readonly source: RecordSource;
  readonly edition: Edition;
  readonly mark: DocumentMark | null;
}

/**
 * The document of a letter file: texts parsed, authentic one first, each with the fingerprint of its canonical form; the block made.
 * Faults are by place (`letter.texts[0].body`); a file that `readLetter` gave has none.
 */
export async function documentFromLetterFile(input: FromLetterFileInput): Promise<Result<LetterDocument, readonly Fault[]>> {
  const { letter, block } = input.file;
  const texts: DocumentText[] = [];
  const faults: Fault[] = [];
  for (const [index, text] of letter.texts.entries()) {
    const accepted = acceptTypedText(text);
    if (accepted.ok) texts.push(documentText(text, accepted.value, letter));
    else faults.push(...accepted.reason.map((fault) => ({ ...fault, place: `letter.texts[${index}].${fault.place}` })));
  }
  if (faults.length > 0) return refusal(faults);
  const sections = await makeSections({
    source: input.source,
    settings: block,
    language: letter.authenticLanguage,
    edition: input.edition,
  });
  return success({
    kind: letter.kind,
    texts: texts.toSorted((left, right) => Number(right.authentic) - Number(left.authentic)),
    date: letter.date,
    place: letter.place,
    sections,
    edition: input.edition,
    mark: input.mark,
    justified: block.justified,
  });
}

const documentText = (text: FileText, accepted: AcceptedText, letter: FileLetter): DocumentText => ({
  language: text.language,
  authentic: text.language === letter.authenticLanguage,
  headline: accepted.headline,
  subtitle: orNull(accepted.subtitle),
  addressees: accepted.addressees.map(({ name, office, lines }) => ({ name, office: orNull(office), lines })),
  cc: text.cc,
  reference: text.reference,
  salutation: orNull(accepted.salutation),
  body: accepted.body,
  closing: orNull(accepted.closing),
  disclaimer: orNull(accepted.disclaimer),
  fingerprint: fingerprintOf(canonicalText(accepted)),
});

const orNull = (value: string): string | null => (value === '' ? null : value);
