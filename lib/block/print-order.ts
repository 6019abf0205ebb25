import { entryOf } from './entries.ts';
import type { Entry, Section, SectionKind } from './model.ts';
import { putFirst } from './put-first.ts';
import type { BlockSettings, SignatoryRecord } from './record.ts';
import { sectionOf } from './record.ts';
import { emptySurveys, entrySettingsOf, SECTION_KINDS, type Surveys, sectionsOf, surveyRecord } from './sections.ts';
import { Sorter } from './sorting.ts';

/** A record and where it is found again: its place in the order of signing. */
export interface PlacedRecord {
  readonly place: number;
  /** Where somebody put it by hand, counted from the head of its section. */
  readonly byHand?: number | null;
  readonly record: SignatoryRecord;
}

/** In what order a list prints, without a name in it: places and what the heads of the sections say. */
export interface PrintOrder {
  readonly surveys: Surveys;
  readonly places: Readonly<Record<SectionKind, Uint32Array>>;
  /** How many of a section were put by hand: they stand at its head. */
  readonly byHand: Readonly<Record<SectionKind, number>>;
}

/** A section whose entries can be taken from anywhere in it. */
export interface PagedSection {
  readonly section: Section;
  /** @param from from 0 */
  page(from: number, count: number): Promise<readonly Entry[]>;
}

interface PrintOrderInput {
  readonly settings: BlockSettings;
  /** BCP 47 language of the authentic text. */
  readonly language: string;
  readonly edition: 'public' | 'addressee';
}

/** Entries read in one go, some milliseconds: a rendering thread asks for the next at once. */
const BATCH = 125;

/** Walks a list once, and keeps of each entry its place alone. */
export async function findPrintOrder(
  batches: AsyncIterable<readonly PlacedRecord[]>,
  { settings, language, edition }: PrintOrderInput,
): Promise<PrintOrder> {
  const surveys = emptySurveys();
  const found = new Map(
    SECTION_KINDS.map((kind) => [
      kind,
      { places: [] as number[], byHand: new Map<number, number>(), sorter: new Sorter(settings[kind].order, language) },
    ]),
  );
  for await (const batch of batches) {
    for (const { place, byHand, record } of batch) {
      if (!surveyRecord(surveys, record, edition)) continue;
      const section = found.get(sectionOf(record));
      if (typeof byHand === 'number') section?.byHand.set(section.places.length, byHand);
      section?.places.push(place);
      section?.sorter.add(record);
    }
  }
  const placesOf = async (kind: SectionKind): Promise<Uint32Array> => {
    const section = found.get(kind);
    if (section === undefined) return new Uint32Array();
    const ranks = putFirst(await section.sorter.ranks(), section.byHand);
    return ranks.map((index) => section.places[index] ?? 0);
  };
  return {
    surveys,
    places: {
      initiators: await placesOf('initiators'),
      organisations: await placesOf('organisations'),
      personal: await placesOf('personal'),
    },
    byHand: {
      initiators: found.get('initiators')?.byHand.size ?? 0,
      organisations: found.get('organisations')?.byHand.size ?? 0,
      personal: found.get('personal')?.byHand.size ?? 0,
    },
  };
}

/**
 * The sections of a list whose order is known.
 * @param read gives the records at these places in the order asked for, without those that have left the list since
 */
export function sectionsInOrder(
  { surveys, places }: PrintOrder,
  input: Pick<PrintOrderInput, 'settings' | 'language'>,
  read: (places: readonly number[]) => Promise<readonly SignatoryRecord[]>,
): readonly PagedSection[] {
  const settings = entrySettingsOf(input);
  const pageOf =
    (kind: SectionKind) =>
    async (from: number, count: number): Promise<readonly Entry[]> => {
      const records = await read([...places[kind].subarray(from, from + count)]);
      return records.map((record) => entryOf(record, settings(kind)));
    };
  const sections = sectionsOf(surveys, input, (kind) => ({
    async *batches() {
      for (let from = 0; from < places[kind].length; from += BATCH) yield await pageOf(kind)(from, BATCH);
    },
  }));
  return sections.map((section) => ({ section, page: pageOf(section.kind) }));
}
