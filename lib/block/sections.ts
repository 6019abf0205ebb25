import { type EntrySettings, entryOf, printsAffiliation } from './entries.ts';
import type { Entry, Section, SectionKind } from './model.ts';
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

const KINDS: readonly SectionKind[] = ['initiators', 'organisations', 'personal'];

interface Survey {
  printed: number;
  unnamed: number;
  organisations: number;
  affiliation: boolean;
  timesInOrder: boolean;
  lastTime: string;
}

/**
 * The sections of a letter's block: initiators, organisations, people, each in its order; those without an entry are left out, unless
 * the letter prints counts and somebody asked to be counted only.
 */
export async function makeSections(input: SectionsInput): Promise<readonly Section[]> {
  const wording = blockWording(input.language);
  const surveys = await survey(input);
  return KINDS.flatMap((kind) => {
    const found = surveys[kind];
    const counted = input.settings.counts && found.unnamed > 0;
    return found.printed > 0 || counted ? [section(kind, found, input, wording)] : [];
  });
}

async function survey({ source, edition }: SectionsInput): Promise<Readonly<Record<SectionKind, Survey>>> {
  const empty = (): Survey => ({
    printed: 0,
    unnamed: 0,
    organisations: 0,
    affiliation: false,
    timesInOrder: true,
    lastTime: '',
  });
  const surveys = { initiators: empty(), organisations: empty(), personal: empty() };
  for await (const batch of source()) {
    for (const record of batch) {
      const found = surveys[sectionOf(record)];
      if (record.capacity === 'organisation') found.organisations++;
      if (!printsIn(record, edition)) {
        found.unnamed++;
        continue;
      }
      found.printed++;
      found.affiliation ||= printsAffiliation(record);
      if (record.signedAt === undefined) continue;
      const time = instantOf(record.signedAt);
      found.timesInOrder &&= time >= found.lastTime;
      found.lastTime = time;
    }
  }
  return surveys;
}

const printsIn = (record: SignatoryRecord, edition: 'public' | 'addressee'): boolean =>
  record.publication === undefined || record.publication === 'public' || (record.publication === 'addressee' && edition === 'addressee');

function section(kind: SectionKind, found: Survey, input: SectionsInput, wording: BlockWording): Section {
  const settings = input.settings[kind];
  const entrySettings: EntrySettings = { form: settings.form, country: input.settings.country, language: input.language, wording };
  async function* records(): AsyncGenerator<readonly SignatoryRecord[]> {
    for await (const batch of input.source(kind)) {
      yield batch.filter((record) => sectionOf(record) === kind && printsIn(record, input.edition));
    }
  }
  async function* batches(): AsyncGenerator<readonly Entry[]> {
    for await (const batch of inOrder(records(), settings.order, input.language, found.timesInOrder)) {
      yield batch.map((record) => entryOf(record, entrySettings));
    }
  }
  return {
    kind,
    heading: settings.heading ?? defaultHeading(kind, wording),
    note: kind !== 'organisations' && input.settings.identificationNote && found.affiliation ? wording.identificationNote : null,
    countLine: input.settings.counts ? countLine(found, wording) : null,
    count: found.printed,
    columns: settings.columns,
    numbered: input.settings.numbered,
    batches,
  };
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
