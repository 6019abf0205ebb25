import { addendumIn, addendumOf, inPartOrder, type Part, partOf } from './addenda.ts';
import { entryOf } from './entries.ts';
import type { Entry, Section, SectionKind } from './model.ts';
import { putFirst } from './put-first.ts';
import type { BlockSettings, SignatoryRecord } from './record.ts';
import { sectionOf } from './record.ts';
import { emptySurveys, entrySettingsOf, type Surveys, sectionsOf, surveyRecord } from './sections.ts';
import { Sorter } from './sorting.ts';

/** A record and where it is found again: its place in the order of signing. */
export interface PlacedRecord {
  readonly place: number;
  /** Where somebody put it by hand, counted from the head of its section. */
  readonly byHand?: number | null;
  readonly record: SignatoryRecord;
}

/** In what order a list, or one addendum, prints, without a name in it: places and what the heads of the sections say. */
export interface PartOrder {
  readonly surveys: Surveys;
  readonly places: Readonly<Record<SectionKind, Uint32Array>>;
  /** How many of a section were put by hand: they stand at its head. */
  readonly byHand: Readonly<Record<SectionKind, number>>;
}

/** The order of the list itself, and of what came after its delivery, by day, the earliest first. */
export interface PrintOrder extends PartOrder {
  readonly addenda: ReadonlyMap<string, PartOrder>;
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
  const parts = new Map<Part, PartFinder>([[null, new PartFinder(settings, language)]]);
  for await (const batch of batches) {
    for (const placed of batch) {
      partOf(parts, addendumOf(placed.record), () => new PartFinder(settings, language)).add(placed, edition);
    }
  }
  const [[, list] = [], ...later] = inPartOrder(parts);
  const addenda = new Map<string, PartOrder>();
  for (const [day, part] of later) if (day !== null) addenda.set(day, await part.order());
  return { ...(await (list ?? new PartFinder(settings, language)).order()), addenda };
}

/** The entries of the list, or of one addendum, as they are found. */
class PartFinder {
  readonly #surveys = emptySurveys();
  readonly #sections: Readonly<
    Record<SectionKind, { readonly places: number[]; readonly byHand: Map<number, number>; readonly sorter: Sorter }>
  >;

  constructor(settings: BlockSettings, language: string) {
    const section = (kind: SectionKind) => ({
      places: [],
      byHand: new Map<number, number>(),
      sorter: new Sorter(settings[kind].order, language),
    });
    this.#sections = { initiators: section('initiators'), organisations: section('organisations'), personal: section('personal') };
  }

  add({ place, byHand, record }: PlacedRecord, edition: 'public' | 'addressee'): void {
    if (!surveyRecord(this.#surveys, record, edition)) return;
    const section = this.#sections[sectionOf(record)];
    if (typeof byHand === 'number') section.byHand.set(section.places.length, byHand);
    section.places.push(place);
    section.sorter.add(record);
  }

  async order(): Promise<PartOrder> {
    const placesOf = async (kind: SectionKind): Promise<Uint32Array> => {
      const { places, byHand, sorter } = this.#sections[kind];
      return putFirst(await sorter.ranks(), byHand).map((index) => places[index] ?? 0);
    };
    const { initiators, organisations, personal } = this.#sections;
    return {
      surveys: this.#surveys,
      places: {
        initiators: await placesOf('initiators'),
        organisations: await placesOf('organisations'),
        personal: await placesOf('personal'),
      },
      byHand: { initiators: initiators.byHand.size, organisations: organisations.byHand.size, personal: personal.byHand.size },
    };
  }
}

/**
 * The sections of a list whose order is known.
 * @param read gives the records at these places in the order asked for, without those that have left the list since
 */
export function sectionsInOrder(
  { addenda, ...list }: PrintOrder,
  input: Pick<PrintOrderInput, 'settings' | 'language'>,
  read: (places: readonly number[]) => Promise<readonly SignatoryRecord[]>,
): readonly PagedSection[] {
  const settings = entrySettingsOf(input);
  const sectionsOfPart = (part: Part, { surveys, places }: PartOrder): readonly PagedSection[] => {
    const pageOf =
      (kind: SectionKind) =>
      async (from: number, count: number): Promise<readonly Entry[]> => {
        const records = await read([...places[kind].subarray(from, from + count)]);
        return records.map((record) => entryOf(record, settings(kind)));
      };
    const walk = (kind: SectionKind) => ({
      async *batches() {
        for (let from = 0; from < places[kind].length; from += BATCH) yield await pageOf(kind)(from, BATCH);
      },
    });
    return sectionsOf(surveys, input, walk, addendumIn(part, input.language)).map((section) => ({ section, page: pageOf(section.kind) }));
  };
  return [...sectionsOfPart(null, list), ...[...addenda].flatMap(([day, part]) => sectionsOfPart(day, part))];
}
