import { findLetter, listLetterTexts } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { Entry, Section } from '../block/model.ts';
import { findPrintOrder, type PlacedRecord, sectionsInOrder } from '../block/print-order.ts';
import { type BlockSettings, type GivenBlockSettings, type SignatoryRecord, withDefaults } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import type { For } from '../coalitions/access.ts';
import type { LetterDocument } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { placedRecords, recordsAt } from '../signatures/records.ts';
import { type BlockInput, blockToStore } from './block-schema.ts';
import { draftDocumentText, letterBlock, letterState, namesMayShow } from './document.ts';
import { printOrder } from './print-orders.ts';
import { sampleSignatories } from './sample-letter.ts';

/** Entries of each section that the preview shows. */
const SHOWN = 12;
/** Entries that are put in order for a preview; of a longer list the first that signed. */
const SORTED = 2000;

export interface BlockPreview {
  /** Sections alone: its texts name the language. */
  readonly document: LetterDocument;
  /** What stands in it is invented, since nobody has signed yet. */
  readonly invented: boolean;
  /** Entries that a section shows at most where one of them is longer; null where everybody is shown. */
  readonly shown: number | null;
  /** Entries, the first that signed, that alone were put in order for it; null where all were. */
  readonly sorted: number | null;
  readonly language: string;
}

/**
 * The first entries of each section as they would print. Nothing is stored.
 * @param typed the settings on the form; null for those stored
 * @param language of one of the letter's texts; the authentic one where it has none in it
 */
export async function previewBlock(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  typed: BlockInput | null,
  language: string | null,
): Promise<BlockPreview | null> {
  const { read } = instance.store;
  const letter = await findLetter(read, scope.coalitionId, scope.letterId);
  if (!letter) return null;
  const texts = await listLetterTexts(read, letter);
  const text = texts.find((each) => each.language === language) ?? texts[0];
  if (!text) return null;
  const block = typed ? blockToStore(typed, letter.block as GivenBlockSettings, letter.authenticLanguage) : letter.block;
  const speaking = text.language;
  const settings = withDefaults(block as GivenBlockSettings, speaking === letter.authenticLanguage ? undefined : speaking);
  const input = { settings, language: speaking } as const;
  const total = letter.organisationCount + letter.personCount;
  const shared = { letterId: letter.id, edition: 'public' as const };
  const ofLetter = async (places: readonly number[]) => await recordsAt(instance, shared, places);
  let found: readonly Section[] = [];
  const invented = total === 0;
  const partial = !invented && total > SORTED && !sameOrders(settings, letterBlock(letter));
  if (invented) {
    const order = await findPrintOrder(placedSample(), { ...input, language: letter.authenticLanguage, edition: 'public' });
    found = firstOf(sectionsInOrder(order, input, async (places) => sampleAt(places)));
  } else if (namesMayShow(letter)) {
    const stored = await printOrder(instance, { letter, state: letterState(letter), settings: letterBlock(letter), edition: 'public' });
    const order = sameOrders(settings, letterBlock(letter))
      ? stored
      : await findPrintOrder(firstRecords(placedRecords(instance, shared)), {
          ...input,
          language: letter.authenticLanguage,
          edition: 'public',
        });
    // Heads and counts are those of the whole list, whatever was put in order.
    found = firstOf(sectionsInOrder({ ...order, surveys: stored.surveys }, input, ofLetter));
  }
  return {
    document: {
      kind: letter.kind,
      texts: [draftDocumentText({ ...text, body: 'x' }, letter.authenticLanguage)],
      date: null,
      place: null,
      sections: found,
      edition: 'public',
      mark: null,
    },
    invented,
    shown: found.some(({ count }) => count > SHOWN) ? SHOWN : null,
    sorted: partial ? SORTED : null,
    language: speaking,
  };
}

const sameOrders = (one: BlockSettings, other: BlockSettings): boolean =>
  SECTION_KINDS.every((kind) => one[kind].order === other[kind].order);

function firstOf(sections: ReturnType<typeof sectionsInOrder>): readonly Section[] {
  return sections.map(({ section, page }) => ({
    ...section,
    async *batches(): AsyncGenerator<readonly Entry[]> {
      yield await page(0, SHOWN);
    },
  }));
}

async function* firstRecords(batches: AsyncIterable<readonly PlacedRecord[]>): AsyncGenerator<readonly PlacedRecord[]> {
  let seen = 0;
  for await (const batch of batches) {
    yield batch;
    seen += batch.length;
    if (seen >= SORTED) return;
  }
}

const sampleAt = (places: readonly number[]): readonly SignatoryRecord[] =>
  places.flatMap((place) => {
    const record = sampleSignatories[place];
    return record ? [record] : [];
  });

async function* placedSample(): AsyncGenerator<readonly PlacedRecord[]> {
  yield sampleSignatories.map((record, place) => ({ place, record }));
}
