import { addendumIn, addendumOf, inPartOrder, type Part, partOf } from './addenda.ts';
import { type EntrySettings, entryOf, printsAffiliation } from './entries.ts';
import type { Addendum, Section, SectionKind } from './model.ts';
import type { BlockSettings, RecordSource, SignatoryRecord } from './record.ts';
import { sectionOf } from './record.ts';
import { inOrder, instantOf } from './sorting.ts';
import { type BlockWording, blockWording } from './wording.ts';

export interface SectionsInput {
  /** Walked once to count and once for each walk of a section, so that a section in signing order is never held whole. */
  readonly source: RecordSource;
  readonly settings: BlockSettings;
  /** BCP 47 language of the authentic text. */
  readonly language: string;
  /** In the public edition only public names print; in the addressee's also those given to the addressee alone. */
  readonly edition: 'public' | 'addressee';
}

export const SECTION_KINDS: readonly SectionKind[] = ['initiators', 'organisations', 'personal'];

/**
 * The sections of a letter's block: initiators, organisations, people, each in its order; those without an entry are left out, unless
 * the letter prints counts and somebody asked to be counted only. Below them the same of every addendum, the earliest first.
 */
export async function makeSections(input: SectionsInput): Promise<readonly Section[]> {
  const { source, settings, language, edition } = input;
  const found = new Map<Part, Surveys>([[null, emptySurveys()]]);
  for await (const batch of source()) {
    for (const record of batch) surveyRecord(partOf(found, addendumOf(record), emptySurveys), record, edition);
  }
  const setting = entrySettingsOf(input);
  const walkOf = (part: Part, surveys: Surveys) => (kind: SectionKind) => {
    const { order } = settings[kind];
    async function* records(): AsyncGenerator<readonly SignatoryRecord[]> {
      for await (const batch of source(kind)) {
        yield batch.filter((record) => sectionOf(record) === kind && addendumOf(record) === part && printsIn(record, edition));
      }
    }
    return {
      async *batches() {
        for await (const batch of inOrder(records(), order, language, surveys[kind].timesInOrder)) {
          yield batch.map((record) => entryOf(record, setting(kind)));
        }
      },
    };
  };
  return inPartOrder(found).flatMap(([part, surveys]) => sectionsOf(surveys, input, walkOf(part, surveys), addendumIn(part, language)));
}

/** What a look at all records of a section tells about it. */
export interface Survey {
  printed: number;
  unnamed: number;
  organisations: number;
  affiliation: boolean;
  timesInOrder: boolean;
  lastTime: string;
}

export type Surveys = Readonly<Record<SectionKind, Survey>>;

export function emptySurveys(): Surveys {
  const empty = (): Survey => ({ printed: 0, unnamed: 0, organisations: 0, affiliation: false, timesInOrder: true, lastTime: '' });
  return { initiators: empty(), organisations: empty(), personal: empty() };
}

/** Adds a record to the survey of its section; true where it prints in this edition. */
export function surveyRecord(surveys: Surveys, record: SignatoryRecord, edition: 'public' | 'addressee'): boolean {
  const found = surveys[sectionOf(record)];
  if (record.capacity === 'organisation') found.organisations++;
  if (!printsIn(record, edition)) {
    found.unnamed++;
    return false;
  }
  found.printed++;
  found.affiliation ||= printsAffiliation(record);
  if (record.signedAt === undefined) return true;
  const time = instantOf(record.signedAt);
  found.timesInOrder &&= time >= found.lastTime;
  found.lastTime = time;
  return true;
}

export const printsIn = (record: Pick<SignatoryRecord, 'publication'>, edition: 'public' | 'addressee'): boolean =>
  record.publication === undefined || record.publication === 'public' || (record.publication === 'addressee' && edition === 'addressee');

type Given = Pick<SectionsInput, 'settings' | 'language'>;

/** How the entries of each section are set. */
export function entrySettingsOf({ settings, language }: Given): (kind: SectionKind) => EntrySettings {
  const wording = blockWording(language);
  return (kind) => ({ form: settings[kind].form, country: settings.country, language, wording });
}

/** The sections that print, of the list or of one addendum, with their heads; `walk` gives what leads to the entries of each. */
export function sectionsOf<Walk>(
  surveys: Surveys,
  { settings, language }: Given,
  walk: (kind: SectionKind) => Walk,
  addendum: Addendum | null = null,
): (SectionHead & Walk)[] {
  const wording = blockWording(language);
  return SECTION_KINDS.flatMap((kind) => {
    const found = surveys[kind];
    const counted = settings.counts && found.unnamed > 0;
    const standing = addendum === null ? {} : { addendum };
    return found.printed > 0 || counted ? [{ ...headOf(kind, found, settings, wording), ...standing, ...walk(kind) }] : [];
  });
}

export type SectionHead = Omit<Section, 'batches'>;

function headOf(kind: SectionKind, found: Survey, settings: BlockSettings, wording: BlockWording): SectionHead {
  const { heading, columns } = settings[kind];
  return {
    kind,
    heading: heading ?? defaultHeading(kind, wording),
    note: kind !== 'organisations' && settings.identificationNote && found.affiliation ? wording.identificationNote : null,
    countLine: settings.counts ? countLine(found, wording) : null,
    count: found.printed,
    columns,
    numbered: settings.numbered,
  };
}

/** The head over a part of a section of which only these entries are known, and what others have counted is said elsewhere. */
export function headOfPart(
  kind: SectionKind,
  records: readonly SignatoryRecord[],
  { settings, language }: Given,
  part: Part = null,
): SectionHead {
  const found = { ...emptySurveys()[kind], printed: records.length, affiliation: records.some(printsAffiliation) };
  const addendum = addendumIn(part, language);
  const head = headOf(kind, found, { ...settings, counts: false }, blockWording(language));
  return addendum === null ? head : { ...head, addendum };
}

function defaultHeading(kind: SectionKind, wording: BlockWording): string | null {
  if (kind === 'personal') return wording.personalCapacity;
  return kind === 'initiators' ? wording.initiators : null;
}

/** "14 organisations, 3 people, 2 of them not named here": everybody who signed is counted, whoever sees the name. */
function countLine(found: Survey, wording: BlockWording): string {
  const people = found.printed + found.unnamed - found.organisations;
  const parts: string[] = [];
  if (found.organisations > 0) parts.push(wording.organisations(found.organisations));
  if (people > 0) parts.push(wording.people(people));
  if (found.unnamed > 0) parts.push(wording.unnamed(found.unnamed));
  return parts.join(wording.comma);
}
