import type { LetterRow } from '../../db/queries/letters.ts';
import { findNearRank, findRankAfter, listRanked, type RankedSignature } from '../../db/queries/ranked.ts';
import { entryOf } from '../block/entries.ts';
import type { Entry } from '../block/model.ts';
import { addendaHead, pastAll, type RankedPlace, readRank, sectionHead } from '../block/rank.ts';
import { type SignatoryRecord, sectionOf } from '../block/record.ts';
import { entrySettingsOf, headOfPart, SECTION_KINDS, type SectionHead } from '../block/sections.ts';
import type { Instance } from '../instance.ts';
import { breathe } from '../shared/breathe.ts';
import { openPrintable } from '../signatures/printable-record.ts';
import { capacitiesOf, isRanked, mayBeRanked } from '../signatures/ranking.ts';
import { soughtIn } from '../text/search-text.ts';
import { letterBlock } from './document.ts';
import { policiesOf } from './presets.ts';

/** Names on one page of the public list: each stands in the answer twice, as mark-up and in the framework's copy of it. */
export const PUBLIC_ROWS = 50;
/** Names found by one search. */
const MOST_FOUND = 50;
/** Entries that one search looks through, and as many as one statement does: a few milliseconds. */
const MOST_SEARCHED = 20_000;
const WINDOW = 2_000;

/** Where a page of the list begins: behind a rank, with so many names before it, in the list and in its section. */
export interface ListCursor {
  readonly after: string;
  readonly before: number;
  readonly beforeInSection: number;
}

/** Entries of one section that stand on the page. */
export interface PublicPart {
  readonly section: SectionHead;
  readonly entries: readonly Entry[];
  /** The number of the first of them in the section, from 1. */
  readonly first: number;
}

/** One page of a public list, or what a search has found. */
export interface PublicList {
  readonly parts: readonly PublicPart[];
  /** Numbers of the first and the last entry in the whole list, from 1; of a search how far it has looked. */
  readonly from: number;
  readonly to: number;
  /** Where the next page begins, or the search goes on; null at the end. */
  readonly next: string | null;
}

const CURSOR = /^([0-9a-f]{8,160})-(\d{1,9})-(\d{1,9})$/;

/** A cursor out of an address; null for anything else, and for one of an earlier ranking. */
export function readListCursor(text: string | null, { rankGeneration }: Pick<LetterRow, 'rankGeneration'>): ListCursor | null {
  const [, after, before, beforeInSection] = CURSOR.exec(text ?? '') ?? [];
  if (after === undefined || readRank(rankGeneration, after) === null) return null;
  return { after, before: Number(before), beforeInSection: Number(beforeInSection) };
}

const writeCursor = ({ after, before, beforeInSection }: ListCursor): string => `${after}-${before}-${beforeInSection}`;

export interface PublicListAsked {
  /** Of the headings: a language the letter has. */
  readonly language: string;
  /** Out of the address. */
  readonly after: string | null;
  /** What is sought; empty for the list itself. */
  readonly words: string;
}

/**
 * One page of the names of a letter that everybody may read, in the order of print: for the same cost, however many there are. Whether
 * they may show is asked of the letter's row with every statement, and each name is opened from its sealed record.
 * @returns null where names don't show; `being-ordered` while the list is put in order
 */
export async function viewPublicList(
  instance: Instance,
  letter: LetterRow,
  asked: PublicListAsked,
  now: Date,
): Promise<PublicList | 'being-ordered' | null> {
  if (!mayBeRanked(letter, now)) return null;
  if (!isRanked(letter)) return 'being-ordered';
  const cursor = readListCursor(asked.after, letter);
  const words = soughtIn(asked.words);
  if (asked.words !== '' && words.length === 0) return { parts: [], from: 1, to: 0, next: null };
  const walk = words.length === 0 ? pageWalk : searchWalk;
  return await walk(instance, letter, { language: asked.language, cursor, words });
}

interface Walk {
  readonly language: string;
  readonly cursor: ListCursor | null;
  readonly words: readonly string[];
}

/** The sections from the cursor on, of the list and then of its addenda, each with the rank to begin behind. */
async function* sectionsFrom({ store }: Pick<Instance, 'store'>, letter: LetterRow, cursor: ListCursor | null) {
  const generation = letter.rankGeneration;
  const sectionAt = ({ kind, part }: RankedPlace) => {
    const head = sectionHead(generation, kind, part);
    const within = cursor?.after.startsWith(head) ?? false;
    const section = { letterId: letter.id, capacities: capacitiesOf(kind) };
    const [after, before] = within && cursor ? [cursor.after, cursor.beforeInSection] : [head, 0];
    return { kind, part, section, head, after, end: pastAll(head), before, within };
  };
  for (const kind of SECTION_KINDS) {
    const one = sectionAt({ kind, part: null });
    if (!cursor || one.within || one.head > cursor.after) yield one;
  }
  if (letter.addendumOrganisationCount + letter.addendumPersonCount === 0) return;
  // Which days there are the ranks say: each look finds the next one.
  const all = { letterId: letter.id, capacities: ['organisation', 'personal'] } as const;
  const addenda = addendaHead(generation);
  for (let from = cursor && cursor.after > addenda ? cursor.after : addenda; ; ) {
    const next = await findNearRank(store.read, all, { from, below: pastAll(addenda) });
    const place = next && readRank(generation, next.rank);
    if (!place) return;
    const one = sectionAt(place);
    yield one;
    from = one.end;
  }
}

async function pageWalk(instance: Instance, letter: LetterRow, { language, cursor }: Walk): Promise<PublicList> {
  const read = partReader(instance, letter, language);
  const parts: PublicPart[] = [];
  const start = cursor?.before ?? 0;
  let shown = 0;
  let last: ListCursor | null = null;
  for await (const { kind, part, section, after, end, before } of sectionsFrom(instance, letter, cursor)) {
    const room = PUBLIC_ROWS - shown;
    // One more than there is room for tells whether there is another page.
    const rows = await listRanked(instance.store.read, section, { after, before: end, limit: room + 1 });
    const here = rows.slice(0, room);
    const lastRow = here.at(-1);
    if (lastRow) {
      parts.push(read({ kind, part }, here, before + 1));
      shown += here.length;
      last = { after: lastRow.rank, before: start + shown, beforeInSection: before + here.length };
    }
    if (rows.length > room && last) return { parts, from: start + 1, to: start + shown, next: writeCursor(last) };
  }
  return { parts, from: start + 1, to: start + shown, next: null };
}

async function searchWalk(instance: Instance, letter: LetterRow, { language, cursor, words }: Walk): Promise<PublicList> {
  const { read: db } = instance.store;
  const read = partReader(instance, letter, language);
  const parts: PublicPart[] = [];
  const start = cursor?.before ?? 0;
  let looked = 0;
  let found = 0;
  for await (const { kind, part, section, after, end, before } of sectionsFrom(instance, letter, cursor)) {
    let from = after;
    let inSection = before;
    const rows: RankedSignature[] = [];
    for (let upTo: string | null = from; upTo !== null; ) {
      if (looked >= MOST_SEARCHED || found >= MOST_FOUND) {
        if (rows.length > 0) parts.push(read({ kind, part }, rows, 1));
        const next = { after: from, before: start + looked, beforeInSection: inSection };
        return { parts, from: start + 1, to: start + looked, next: writeCursor(next) };
      }
      upTo = await findRankAfter(db, section, { after: from, before: end, entries: WINDOW });
      // `0` behind a rank: this one and none after it.
      const before = upTo === null ? end : `${upTo}0`;
      const hits = await listRanked(db, section, { after: from, before, limit: MOST_FOUND - found, words });
      rows.push(...hits);
      found += hits.length;
      const lastHit = hits.at(-1);
      if (found >= MOST_FOUND && lastHit) {
        from = lastHit.rank;
        upTo = from;
      } else {
        looked += WINDOW;
        inSection += WINDOW;
        from = upTo ?? from;
      }
      await breathe();
    }
    if (rows.length > 0) parts.push(read({ kind, part }, rows, 1));
  }
  const entries = letter.organisationCount + letter.personCount;
  return { parts, from: start + 1, to: Math.max(start, entries), next: null };
}

/** Entries as they print; one whose record says by now that it stands in another section waits for its place there. */
function partReader({ keys }: Instance, letter: LetterRow, language: string) {
  const settings = letterBlock(letter, language);
  const setting = entrySettingsOf({ settings, language });
  const policies = policiesOf(letter.policies);
  return ({ kind, part }: RankedPlace, rows: readonly RankedSignature[], first: number): PublicPart => {
    const records = rows
      .map((row): SignatoryRecord => openPrintable(keys, { ...row, letterId: letter.id }, policies))
      .filter((record) => sectionOf(record) === kind);
    const section = headOfPart(kind, records, { settings, language }, part);
    return { section, entries: records.map((record) => entryOf(record, setting(kind))), first };
  };
}
