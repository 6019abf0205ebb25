import { findLetterById, type LetterRow } from '../../db/queries/letters.ts';
import type { PrintableSignature } from '../../db/queries/printing.ts';
import { findNearRank, listPrintableByIds, listUnranked, type NewRank, type RankedSection, storeRanks } from '../../db/queries/ranked.ts';
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
import { openPrintable } from './printable-record.ts';
import { capacitiesOf, isOutOfOrder, isRanked, mayBeRanked, newRank } from './ranking.ts';

/** Entries written by one transaction: each takes a look at its neighbours. */
const CHUNK = 20;
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

/** Between which two ranks of its section a newcomer stands; null where there is none on that side. */
interface Gap {
  readonly low: string | null;
  readonly high: string | null;
}

/**
 * Gives those entries of a ranked list that have no rank yet their places among the others: the space between the ranks is halved until
 * one gap is left, so that a list of a million costs some twenty looks. None of the others moves.
 */
export async function rankNewcomers(instance: Instance, letter: LetterRow, now: Date): Promise<RankedNew> {
  const entries = letter.organisationCount + letter.personCount;
  const most = Math.min(Math.max(FEWEST, Math.floor(entries / SHARE)), MOST);
  const rows = await listUnranked(instance.store.read, letter.id, most + 1);
  if (rows.length === 0) return 'none';
  if (rows.length > most) return 'again';
  const finder = new GapFinder(instance, letter);
  const newcomers = rows.map((row) => finder.open(row));
  if (newcomers.some((one) => finder.needsWholeList(one))) return 'again';
  newcomers.sort((left, right) => finder.compare(left.keys, right.keys));
  let ranked = 0;
  for (let from = 0; from < newcomers.length; from += CHUNK) {
    const chunk = newcomers.slice(from, from + CHUNK);
    const found: Found[] = [];
    for (const newcomer of chunk) {
      const gap = newcomer.row.place === null ? await finder.find(newcomer) : 'by-hand';
      if (gap !== null) found.push({ newcomer, gap });
    }
    const written = await instance.store.inTransaction((tx) => writeNew(tx, letter, found, now));
    if (written === 'again') return 'again';
    if (written === null) return 'none';
    ranked += written;
    await breathe();
  }
  // Where somebody else was faster with all of them, or every gap has changed meanwhile, the next look comes later.
  return ranked > 0 ? 'some' : 'none';
}

interface Found {
  readonly newcomer: Newcomer;
  readonly gap: Gap | 'by-hand';
}

const sectionAt = (letter: LetterRow, kind: SectionKind): RankedSection => ({ letterId: letter.id, capacities: capacitiesOf(kind) });

class GapFinder {
  readonly #instance: Instance;
  readonly #letter: LetterRow;
  readonly #settings: ReturnType<typeof letterBlock>;
  readonly #policies: ReturnType<typeof policiesOf>;
  /** By rank, which an entry loses when it changes: the first looks of every search are at the same ones. */
  readonly #known = new Map<string, SortKeys>();
  readonly compare: (left: SortKeys, right: SortKeys) => number;

  constructor(instance: Instance, letter: LetterRow) {
    this.#instance = instance;
    this.#letter = letter;
    this.#settings = letterBlock(letter);
    this.#policies = policiesOf(letter.policies);
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

  /** Null where an entry that was looked at has left meanwhile: it cannot say on which side of it the newcomer stands. */
  async find({ kind, part, keys }: Newcomer): Promise<Gap | null> {
    const { read } = this.#instance.store;
    const section = sectionAt(this.#letter, kind);
    const head = orderedHead(sectionHead(this.#letter.rankGeneration, kind, part));
    const fractionOf = (rank: string | null): string | null => (rank === null ? null : rank.slice(head.length));
    let [low, high]: [string | null, string | null] = [null, null];
    /** Nothing stands between here and `high`. */
    let bound: string | null = null;
    for (;;) {
      const [middle = ''] = fractionsBetween(fractionOf(low) ?? '', fractionOf(bound), 1);
      const after = await findNearRank(read, section, { from: head + middle, below: bound ?? pastAll(head) });
      const looked: { readonly id: string; readonly rank: string } | null =
        after ?? (await findNearRank(read, section, { after: low ?? head, upTo: head + middle }));
      if (!looked) return { low, high };
      const keysThere = await this.#keysAt(looked);
      if (!keysThere) return null;
      const isBefore = this.compare(keys, keysThere) < 0;
      // The last one before the middle, and nothing from there on.
      if (!after && !isBefore) return { low: looked.rank, high };
      if (isBefore) high = bound = looked.rank;
      else low = looked.rank;
    }
  }

  async #keysAt({ id, rank }: { readonly id: string; readonly rank: string }): Promise<SortKeys | null> {
    const known = this.#known.get(rank);
    if (known) return known;
    const [row] = await listPrintableByIds(this.#instance.store.read, this.#letter.id, [id]);
    if (row?.rank !== rank) return null;
    const { keys } = this.open(row);
    this.#known.set(rank, keys);
    return keys;
  }
}

/** Writes those whose gap is still one. @returns null where the list shows no more, or is being ranked anew */
async function writeNew(tx: Tx, letter: LetterRow, found: readonly Found[], now: Date): Promise<number | 'again' | null> {
  if (!(await holdLetter(tx, letter.id))) return null;
  const still = await findLetterById(tx, letter.id);
  if (!still || still.rankGeneration !== letter.rankGeneration || !isRanked(still) || !mayBeRanked(still, now)) return null;
  const unchanged = new Map(
    (
      await listPrintableByIds(
        tx,
        letter.id,
        found.map(({ newcomer }) => newcomer.row.id),
      )
    ).map((row) => [row.id, row]),
  );
  const live = found.filter(({ newcomer: { row } }) => {
    const current = unchanged.get(row.id);
    return current !== undefined && current.rank === null && current.place === row.place && current.sealed.equals(row.sealed);
  });
  const ranks: NewRank[] = [];
  const give = ({ row, record }: Newcomer, rank: string) => ranks.push(newRank(letter, { id: row.id, rank, record }));
  for (const { newcomer, gap } of live) {
    const { place, position } = newcomer.row;
    if (gap === 'by-hand' && place !== null)
      give(newcomer, rankByHand(sectionHead(letter.rankGeneration, newcomer.kind, newcomer.part), place, position));
  }
  const ordered = live.flatMap(({ newcomer, gap }) => (gap === 'by-hand' ? [] : [{ newcomer, gap }]));
  // Those of one gap stand in it as they were sorted.
  const byGap = Map.groupBy(ordered, ({ newcomer, gap }) => `${newcomer.part} ${newcomer.kind} ${gap.low} ${gap.high}`);
  for (const together of byGap.values()) {
    const [first] = together;
    if (!first) continue;
    const { kind, part } = first.newcomer;
    const { low, high } = first.gap;
    const head = orderedHead(sectionHead(letter.rankGeneration, kind, part));
    const next = await findNearRank(tx, sectionAt(letter, kind), { from: `${low ?? head}0`, below: pastAll(head) });
    if ((next?.rank ?? null) !== high) continue;
    const fractions = fractionsBetween(low?.slice(head.length) ?? '', high?.slice(head.length) ?? null, together.length);
    if (fractions.some((fraction) => fraction.length > LONGEST_FRACTION)) return 'again';
    for (const [index, { newcomer }] of together.entries()) give(newcomer, head + fractions[index]);
  }
  await storeRanks(tx, letter.id, ranks);
  return ranks.length;
}
