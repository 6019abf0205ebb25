import { findLetterById, listLetterTexts, listVersionTexts, type VersionTextRow } from '../../db/queries/letters.ts';
import { listPlaced } from '../../db/queries/placed.ts';
import type { SectionKind } from '../block/model.ts';
import type { PartOrder, PrintOrder } from '../block/print-order.ts';
import { type BlockSettings, type RecordSource, sectionOf } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import type { Instance } from '../instance.ts';
import type { FileText, LetterFile } from '../letter-file/letter-file.ts';
import { LETTER_FORMAT } from '../letter-file/schema.ts';
import { listedRecords, recordsAt } from '../signatures/records.ts';
import { readCanonical } from '../text/read-canonical.ts';
import { serialise } from '../text/serialise.ts';
import { letterBlock, letterState, namesMayShow } from './document.ts';
import { printOrder } from './print-orders.ts';

const CHUNK = 250;

export interface StoredLetterFile {
  readonly file: LetterFile;
  /** The listed entries whose names are public, in the order of signing; as they print where somebody put some by hand. */
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
  const inSigningOrder: RecordSource = async function* (only) {
    if (!namesMayShow(letter)) return;
    for await (const batch of records(only)) yield batch.filter((record) => record.publication === undefined);
  };
  const stored = letterBlock(letter);
  const byHand = (await listPlaced(read, letterId)).length > 0 && namesMayShow(letter);
  const order = byHand ? await printOrder(instance, { letter, state: letterState(letter), settings: stored, edition: 'public' }) : null;
  const source = order ? byHandSource(instance, letterId, order, inSigningOrder) : inSigningOrder;
  const block = order ? withManualSections(stored, order) : stored;
  const file: LetterFile = { format: LETTER_FORMAT, letter: { kind, authenticLanguage, date, place, texts }, block };
  return { file, source, listed: letter.organisationCount + letter.personCount };
}

/** A letter file knows no places: a section in which somebody put entries by hand is written as it prints, its order `manual`. */
function withManualSections(block: BlockSettings, order: PrintOrder): BlockSettings {
  const section = (kind: SectionKind) => (isByHand(order, kind) ? { ...block[kind], order: 'manual' as const } : block[kind]);
  return { ...block, initiators: section('initiators'), organisations: section('organisations'), personal: section('personal') };
}

const partsOf = (order: PrintOrder): readonly PartOrder[] => [order, ...order.addenda.values()];

const isByHand = (order: PrintOrder, kind: SectionKind): boolean => partsOf(order).some(({ byHand }) => byHand[kind] > 0);

function byHandSource(instance: Instance, letterId: string, order: PrintOrder, inSigningOrder: RecordSource): RecordSource {
  return async function* (only) {
    for (const kind of SECTION_KINDS) {
      if (only !== undefined && only !== kind) continue;
      if (!isByHand(order, kind)) {
        for await (const batch of inSigningOrder(kind)) yield batch.filter((record) => sectionOf(record) === kind);
        continue;
      }
      for (const { places } of partsOf(order)) {
        for (let from = 0; from < places[kind].length; from += CHUNK) {
          yield await recordsAt(instance, { letterId, edition: 'public' }, [...places[kind].subarray(from, from + CHUNK)]);
        }
      }
    }
  };
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
