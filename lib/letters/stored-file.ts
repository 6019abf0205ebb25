import { findLetterById, listLetterTexts, listVersionTexts, type VersionTextRow } from '../../db/queries/letters.ts';
import type { RecordSource } from '../block/record.ts';
import type { Instance } from '../instance.ts';
import type { FileText, LetterFile } from '../letter-file/letter-file.ts';
import { LETTER_FORMAT } from '../letter-file/schema.ts';
import { listedRecords } from '../signatures/records.ts';
import { readCanonical } from '../text/read-canonical.ts';
import { serialise } from '../text/serialise.ts';
import { letterBlock, namesMayShow } from './document.ts';

export interface StoredLetterFile {
  readonly file: LetterFile;
  /** The listed entries whose names are public, in the order of signing. */
  readonly source: RecordSource;
  /** All listed entries, public or not. */
  readonly listed: number;
}

/** A stored letter as a letter file: what it was imported from, but for held entries and those that are not public. */
export async function storedLetterFile(instance: Instance, letterId: string): Promise<StoredLetterFile | null> {
  const { read } = instance.store;
  const letter = await findLetterById(read, letterId);
  if (!letter) return null;
  const texts = letter.liveVersionId
    ? (await listVersionTexts(read, letter.liveVersionId)).map(frozenFileText)
    : (await listLetterTexts(read, letter)).map(({ letterId: _, updatedAt: __, updatedBy: ___, ...text }) => ({
        ...text,
        subtitle: orNull(text.subtitle),
        reference: orNull(text.reference),
        salutation: orNull(text.salutation),
        closing: orNull(text.closing),
        disclaimer: orNull(text.disclaimer),
      }));
  const { kind, authenticLanguage, date, place } = letter;
  const records = await listedRecords(instance, { letterId, edition: 'public' });
  const source: RecordSource = async function* (only) {
    if (!namesMayShow(letter)) return;
    for await (const batch of records(only)) yield batch.filter((record) => record.publication === undefined);
  };
  const file: LetterFile = { format: LETTER_FORMAT, letter: { kind, authenticLanguage, date, place, texts }, block: letterBlock(letter) };
  return { file, source, listed: letter.organisationCount + letter.personCount };
}

function frozenFileText(row: VersionTextRow): FileText {
  const read = readCanonical(row.canonical);
  if (!read.ok) throw new Error(`the frozen text ${row.fingerprint} is not in its canonical form`);
  const text = read.value;
  return {
    language: row.language,
    headline: text.headline,
    subtitle: orNull(text.subtitle),
    addressees: text.addressees.map(({ name, office, lines }) => ({ name, office: orNull(office), lines })),
    cc: row.cc,
    reference: orNull(row.reference),
    salutation: orNull(text.salutation),
    body: serialise(text.body),
    closing: orNull(text.closing),
    disclaimer: orNull(text.disclaimer),
  };
}

const orNull = (value: string): string | null => (value === '' ? null : value);
