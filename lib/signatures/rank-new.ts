import { findLetterById, type LetterRow } from '../../db/queries/letters.ts';
import type { PrintableSignature } from '../../db/queries/printing.ts';
import {
  listPlacedBetween,
  listUnranked,
  listUnrankedByIds,
  type NewRank,
  type PlacedEntry,
  type RankedSection,
  storeRanks,
} from '../../db/queries/ranked.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { Part } from '../block/addenda.ts';
import { fractionsBetween } from '../block/fractions.ts';
import type { SectionKind } from '../block/model.ts';
import {
  isByPosition,
  LONGEST_FRACTION,
  orderedHead,
  pastAll,
  rankByHand,
  type SortKeys,
  sectionHead,
  sortKeysComparison,
  sortKeysOf,
} from '../block/rank.ts';
import { type SignatoryRecord, sectionOf } from '../block/record.ts';
import type { Instance } from '../instance.ts';
import { letterBlock } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { breathe } from '../shared/breathe.ts';
import { type Gap, type KnownEntry, KnownSection, knownSections } from './known-keys.ts';
import { openPrintable } from './printable-record.ts';
import { capacitiesOf, isOutOfOrder, isRanked, markOf, mayBeRanked, newRank } from './ranking.ts';

/** Entries written by one transaction: each takes a look at its neighbours. */
const CHUNK = 20;
/** Neighbours that one look brings, of which only those are opened that are compared with. */
const WINDOW = 8;
/** Whose gap has changed meanwhile is looked for once more. */
const TURNS = 2;
/** More than a fiftieth of a list is sorted quicker with all of it. */
const [FEWEST, MOST, SHARE] = [50, 500, 50];

/** `again`: the whole list has to be ranked. `some`: there may be more. */
export type RankedNew = 'none' | 'some' | 'again';

/** An entry without a rank, opened. */
interface Newcomer {
  readonly row: PrintableSignature;
  readonly record: SignatoryRecord;
  readonly kind: SectionKind;
  readonly part: Part;
  readonly keys: SortKeys;
}

/**
 * Gives those entries of a ranked list that have no rank yet their places among the others: the space between the ranks is halved until
 * one gap is left, beginning from what earlier searches have seen, so that a list of a million costs a newcomer a few looks. None of the
 * others moves.
 */
export async function rankNewcomers(instance: Instance, letter: LetterRow, now: Date): Promise<RankedNew> {
  const { store } = instance;
  const entries = letter.organisationCount + letter.personCount;
  const most = Math.min(Math.max(FEWEST, Math.floor(entries / SHARE)), MOST);
  const rows = await listUnranked(store.read, letter.id, 2 ** Math.ceil(Math.log2(most + 1)));
  if (rows.length === 0) return 'none';
  if (rows.length > most) return 'again';
  const finder = new GapFinder(instance, letter, now);
  const newcomers = rows.map((row) => finder.open(row));
  if (newcomers.some((one) => finder.needsWholeList(one))) return 'again';
  newcomers.sort((left, right) => finder.compare(left.keys, right.keys));
  let ranked = 0;
  let left: readonly Newcomer[] = newcomers;
  for (let turn = 0; turn < TURNS && left.length > 0; turn++) {
    const missed: Newcomer[] = [];
    for (let from = 0; from < left.length; from += CHUNK) {
      const found: Found[] = [];
      for (const newcomer of left.slice(from, from + CHUNK)) {
        found.push({ newcomer, gap: newcomer.row.place === null ? await finder.find(newcomer) : 'by-hand' });
      }
      const written = await store.inTransaction((tx) => writeNew(tx, letter, found, now));
      if (written === 'again') return 'again';
      if (written === null) return 'none';
      for (const each of found) {
        const rank = written.get(each.newcomer);
        if (rank !== undefined) ranked++;
        else missed.push(each.newcomer);
        finder.learn(each, rank);
      }
      await breathe();
    }
    left = missed;
  }
  // Where somebody else was faster with all of them, or every gap has changed again, the next look comes later.
  return left.length > 0 && ranked > 0 ? 'some' : 'none';
}

interface Found {
  readonly newcomer: Newcomer;
  readonly gap: Gap | 'by-hand';
}

const sectionAt = (letter: LetterRow, kind: SectionKind): RankedSection => ({ letterId: letter.id, capacities: capacitiesOf(kind) });

const headOf = (letter: LetterRow, { kind, part }: Newcomer): string => orderedHead(sectionHead(letter.rankGeneration, kind, part));

class GapFinder {
  readonly #instance: Instance;
  readonly #letter: LetterRow;
  readonly #settings: ReturnType<typeof letterBlock>;
  readonly #policies: ReturnType<typeof policiesOf>;
  readonly #known: Map<string, KnownSection>;
  readonly compare: (left: SortKeys, right: SortKeys) => number;

  constructor(instance: Instance, letter: LetterRow, now: Date) {
    this.#instance = instance;
    this.#letter = letter;
    this.#settings = letterBlock(letter);
    this.#policies = policiesOf(letter.policies);
    this.#known = knownSections(instance.store, letter, now);
    this.compare = sortKeysComparison(letter.authenticLanguage);
  }

  open(row: PrintableSignature): Newcomer {
    const record = openPrintable(this.#instance.keys, { ...row, letterId: this.#letter.id }, this.#policies);
    const kind = sectionOf(record);
    const { order } = this.#settings[kind];
    return { row, record, kind, part: row.addendum, keys: sortKeysOf(record, row.position, order, this.#letter.authenticLanguage) };
  }

  /** In the order of signing a time of an entry's own moves those that follow it. */
  needsWholeList({ kind, record, row }: Newcomer): boolean {
    if (row.place !== null || !isByPosition(this.#settings[kind].order)) return false;
    return isOutOfOrder(this.#letter, kind) || (this.#settings[kind].order === 'signing' && record.signedAt !== undefined);
  }

  async find(newcomer: Newcomer): Promise<Gap> {
    const { read } = this.#instance.store;
    const { kind, keys } = newcomer;
    const section = sectionAt(this.#letter, kind);
    const known = this.#knownOf(newcomer);
    const head = headOf(this.#letter, newcomer);
    const fractionOf = (entry: KnownEntry | null): string | null => (entry === null ? null : entry.rank.slice(head.length));
    let { low, high } = known.around(keys, this.compare);
    for (;;) {
      const [half = ''] = fractionsBetween(fractionOf(low) ?? '', fractionOf(high), 1);
      const middle = head + half;
      const behind = await listPlacedBetween(read, section, { from: middle, below: high?.rank ?? pastAll(head), most: WINDOW });
      // Where nothing is behind the middle, those just before it.
      const isLast = behind.length === 0;
      const looked = isLast
        ? await listPlacedBetween(read, section, { from: `${low?.rank ?? head}0`, below: middle, most: WINDOW, last: true })
        : behind;
      const within = this.#among(looked, keys, kind, known);
      const isWhole = looked.length < WINDOW;
      low = within.low ?? low;
      high = within.high ?? high;
      // What is between two that were looked at, or between the last of them and the end, is a gap.
      if ((within.low && within.high) || (within.low ? isLast || isWhole : isLast && isWhole)) return { low, high };
    }
  }

  /** What came of it is where the next one begins. @param rank null where it got none */
  learn({ newcomer, gap }: Found, rank: string | undefined): void {
    if (gap === 'by-hand') return;
    const known = this.#knownOf(newcomer);
    if (rank === undefined) known.forget();
    else known.add({ rank, keys: newcomer.keys, mark: markOf(newcomer.row.sealed) });
  }

  #knownOf({ kind, part }: Newcomer): KnownSection {
    const name = `${part} ${kind}`;
    const known = this.#known.get(name) ?? new KnownSection();
    this.#known.set(name, known);
    return known;
  }

  /** Between which of some neighbours these keys stand. */
  #among(rows: readonly PlacedEntry[], keys: SortKeys, kind: SectionKind, known: KnownSection): Gap {
    let [low, high]: [KnownEntry | null, KnownEntry | null] = [null, null];
    for (let [from, to] = [0, rows.length]; from < to; ) {
      // The first one says whether it is among them at all.
      const at = low === null ? 0 : (from + to) >> 1;
      const row = rows[at] as PlacedEntry;
      const entry = { rank: row.rank, keys: this.#keysOf(row, kind), mark: markOf(row.sealed) };
      known.add(entry);
      if (this.compare(keys, entry.keys) < 0) {
        high = entry;
        to = at;
      } else {
        low = entry;
        from = at + 1;
      }
    }
    return { low, high };
  }

  #keysOf(row: PlacedEntry, kind: SectionKind): SortKeys {
    const { order } = this.#settings[kind];
    const { position } = row;
    // Their place is their key: nothing has to be opened.
    if (isByPosition(order)) return { key: '', secondary: '', position };
    const record = openPrintable(this.#instance.keys, { ...row, letterId: this.#letter.id }, this.#policies);
    return sortKeysOf(record, position, order, this.#letter.authenticLanguage);
  }
}

/** Both neighbours are still there, as they were compared with, and nothing has come between them. */
async function isStillGap(tx: Tx, section: RankedSection, { low, high }: Gap, head: string): Promise<boolean> {
  const expected = [low, high].filter((entry) => entry !== null);
  const stretch = { from: low?.rank ?? head, below: high === null ? pastAll(head) : `${high.rank}0`, most: 3 };
  const found = await listPlacedBetween(tx, section, stretch);
  return (
    found.length === expected.length &&
    found.every(({ rank, sealed }, index) => rank === expected[index]?.rank && markOf(sealed) === expected[index].mark)
  );
}

/** Writes those whose gap is still one. @returns their ranks, or null where the list shows no more, or is being ranked anew */
async function writeNew(
  tx: Tx,
  letter: LetterRow,
  found: readonly Found[],
  now: Date,
): Promise<ReadonlyMap<Newcomer, string> | 'again' | null> {
  if (!(await holdLetter(tx, letter.id))) return null;
  const still = await findLetterById(tx, letter.id);
  if (!still || still.rankGeneration !== letter.rankGeneration || !isRanked(still) || !mayBeRanked(still, now)) return null;
  const ids = found.map(({ newcomer }) => newcomer.row.id);
  const unranked = new Map((await listUnrankedByIds(tx, letter.id, ids)).map((row) => [row.id, row]));
  const live = found.filter(({ newcomer: { row } }) => {
    const current = unranked.get(row.id);
    return current !== undefined && current.place === row.place && current.sealed.equals(row.sealed);
  });
  const given = new Map<Newcomer, string>();
  for (const { newcomer, gap } of live) {
    const { place, position } = newcomer.row;
    if (gap === 'by-hand' && place !== null)
      given.set(newcomer, rankByHand(sectionHead(letter.rankGeneration, newcomer.kind, newcomer.part), place, position));
  }
  const ordered = live.flatMap(({ newcomer, gap }) => (gap === 'by-hand' ? [] : [{ newcomer, gap }]));
  // Those of one gap stand in it as they were sorted.
  const byGap = Map.groupBy(ordered, ({ newcomer, gap }) => `${headOf(letter, newcomer)} ${gap.low?.rank} ${gap.high?.rank}`);
  for (const together of byGap.values()) {
    const [first] = together;
    if (!first) continue;
    const { newcomer, gap } = first;
    const head = headOf(letter, newcomer);
    if (!(await isStillGap(tx, sectionAt(letter, newcomer.kind), gap, head))) continue;
    const [low, high] = [gap.low?.rank.slice(head.length) ?? '', gap.high?.rank.slice(head.length) ?? null];
    const fractions = fractionsBetween(low, high, together.length);
    if (fractions.some((fraction) => fraction.length > LONGEST_FRACTION)) return 'again';
    for (const [index, each] of together.entries()) given.set(each.newcomer, head + fractions[index]);
  }
  const ranks: readonly NewRank[] = [...given].map(([{ row, record }, rank]) => newRank(letter, { id: row.id, rank, record }));
  await storeRanks(tx, letter.id, ranks);
  return given;
}
