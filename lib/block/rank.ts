import { createHash } from 'node:crypto';
import type { Part } from './addenda.ts';
import type { SectionKind } from './model.ts';
import { keyComparison, sortKey } from './order.ts';
import type { BlockSettings, Order, SignatoryRecord } from './record.ts';
import { SECTION_KINDS } from './sections.ts';

/**
 * The place of an entry in its list, as a string that sorts by its bytes: the ranking it belongs to, its section, whether it was put by
 * hand, and where it stands there. Digits and letters from `a` to `f` alone, whose order is the same in every collation.
 */

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** What the ranks of a section's entries begin with. Those of the addenda come after the list's, by day. */
export const sectionHead = (generation: number, kind: SectionKind, part: Part = null): string =>
  (part === null ? hex(generation, 6) : addendaHead(generation) + part.replaceAll('-', '')) + SECTION_KINDS.indexOf(kind);

/** What the ranks of all addenda begin with: a letter, where the list's sections have a digit. */
export const addendaHead = (generation: number): string => `${hex(generation, 6)}a`;

export interface RankedPlace {
  readonly kind: SectionKind;
  readonly part: Part;
}

/** Of a rank, or its beginning, of that generation: where it stands. Null for anything else. */
export function readRank(generation: number, rank: string): RankedPlace | null {
  if (!rank.startsWith(hex(generation, 6))) return null;
  const [, year, month, day, index = ''] = /^(?:a(\d{4})(\d\d)(\d\d))?([0-2])/.exec(rank.slice(6)) ?? [];
  const kind = SECTION_KINDS[Number(index)];
  return index === '' || kind === undefined ? null : { kind, part: year === undefined ? null : `${year}-${month}-${day}` };
}

/** What the ranks begin with of those entries that stand where their section's order puts them. */
export const orderedHead = (section: string): string => `${section}1`;

/** After every rank that begins so, whatever follows. */
export const pastAll = (head: string): string => `${head}g`;

/** Of an entry that was put by hand: before the others of its section. Two at one place stand in the order of signing. */
export const rankByHand = (section: string, place: number, position: number): string => `${section}0${hex(place, 8)}${hex(position, 8)}`;

/** Longer fractions come of many entries between the same two: then the whole list is ranked anew. */
export const LONGEST_FRACTION = 64;

/** Raised where what is below changes. */
const GRAMMAR = 3;

/** The sorting itself: another version of it may sort otherwise. */
export const sortedBy = `${GRAMMAR}-${process.versions['icu'] ?? ''}-${process.versions['cldr'] ?? ''}`;

/** Names what decides about the order of a list; another name, another order. */
export function rankingName(settings: BlockSettings, language: string, policies: unknown): string {
  const orders = SECTION_KINDS.map((kind) => settings[kind].order);
  return `${sortedBy}-${createHash('sha256')
    .update(JSON.stringify([orders, language, policies]))
    .digest('hex')
    .slice(0, 16)}`;
}

/** What one entry is compared by. */
export interface SortKeys {
  readonly key: string;
  /** Of those with equal keys: within a country by name. */
  readonly secondary: string;
  /** In the order of signing: the last word. */
  readonly position: number;
}

/** True where a section stands in the order of signing, as long as its entries bear no times of their own. */
export const isByPosition = (order: Order): order is 'signing' | 'manual' => order === 'signing' || order === 'manual';

export function sortKeysOf(record: SignatoryRecord, position: number, order: Order, language: string): SortKeys {
  if (isByPosition(order)) return { key: '', secondary: '', position };
  const secondary = order === 'country' ? sortKey(record, 'alphabetical', language) : '';
  return { key: sortKey(record, order, language), secondary, position };
}

/** The comparison that a whole list is sorted by, between two of its entries. */
export function sortKeysComparison(language: string): (left: SortKeys, right: SortKeys) => number {
  const compare = keyComparison(language);
  return (left, right) => compare(left.key, right.key) || compare(left.secondary, right.secondary) || left.position - right.position;
}
