import { findLetter } from '../../db/queries/letters.ts';
import { listPrintableAt, type PrintableSignature } from '../../db/queries/printing.ts';
import type { LetterScope } from '../access/scope.ts';
import type { SectionKind } from '../block/model.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { letterBlock, letterState, namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { printOrder } from '../letters/print-orders.ts';
import { PAGE_ROWS } from '../letters/views.ts';
import { breathe } from '../shared/breathe.ts';
import { inWords } from './listed.ts';
import { openPrintable } from './printable-record.ts';

export interface OrderedEntry {
  readonly id: string;
  /** In the order of signing. */
  readonly position: number;
  /** From the head of its section, as it prints. */
  readonly number: number;
  /** Somebody put it there by hand. */
  readonly byHand: boolean;
  readonly lead: string;
  readonly details: string;
}

export interface OrderView {
  /** Those that have entries, in the order of print. */
  readonly sections: readonly { readonly kind: SectionKind; readonly count: number; readonly byHand: number }[];
  readonly section: SectionKind;
  readonly entries: readonly OrderedEntry[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Of a search: which entries of the section it looked through, by their numbers. Null where none was asked for. */
  readonly searched: { readonly from: number; readonly to: number; readonly of: number } | null;
}

export interface OrderAsked {
  readonly section: string | null;
  readonly page: number;
  /** The page that this entry stands on, by its position; wins over `page`. */
  readonly at: number | null;
  /** In name or details; empty for all. */
  readonly words: string;
  /** The number of the entry that a search begins at; the first where it is left out. */
  readonly from?: number;
}

/** Entries that one search opens at most: they are sealed, each by itself, and the rest of the list waits for the next request. */
export const MOST_SEARCHED = 3000;
/** Read and opened in one go, some milliseconds. */
const CHUNK = 125;

/**
 * One section of the list in the order it prints in, a page at a time: every name that may print in either edition. Null where the names
 * are hidden: nothing prints then.
 */
export async function viewOrder(instance: Instance, scope: For<LetterScope, 'draft'>, asked: OrderAsked): Promise<OrderView | null> {
  const letter = await findLetter(instance.store.read, scope.coalitionId, scope.letterId);
  if (!letter || !namesMayShow(letter)) return null;
  const settings = letterBlock(letter);
  const policies = policiesOf(letter.policies);
  const { places, byHand } = await printOrder(instance, { letter, state: letterState(letter), settings, edition: 'addressee' });
  const sections = SECTION_KINDS.filter((kind) => places[kind].length > 0).map((kind) => ({
    kind,
    count: places[kind].length,
    byHand: byHand[kind],
  }));
  const section = sections.find(({ kind }) => kind === asked.section)?.kind ?? sections[0]?.kind ?? 'organisations';
  const order = places[section];
  const wordsOf = (row: PrintableSignature) => inWords(openPrintable(instance.keys, { ...row, letterId: letter.id }, policies));
  const readAt = async (positions: readonly number[]) =>
    new Map((await listPrintableAt(instance.store.read, letter.id, positions)).map((row) => [row.position, row]));
  const isSought = (row: PrintableSignature) => {
    const { lead, details } = wordsOf(row);
    return folded(`${lead} ${details}`).includes(folded(asked.words));
  };
  const searched = asked.words === '' ? null : await findByWords(order, asked.from ?? 1, readAt, isSought);
  const pages = searched ? 1 : Math.max(1, Math.ceil(order.length / PAGE_ROWS));
  const sought = asked.at === null ? -1 : order.indexOf(asked.at);
  const page = Math.min(Math.max(1, sought < 0 ? asked.page : Math.floor(sought / PAGE_ROWS) + 1), pages);
  const from = (page - 1) * PAGE_ROWS;
  const indexes = searched?.indexes ?? Array.from(order.subarray(from, from + PAGE_ROWS), (_, offset) => from + offset);
  const shown = indexes.map((index) => ({ index, position: order[index] ?? 0 }));
  const rows = await readAt(shown.map(({ position }) => position));
  return {
    sections,
    section,
    entries: shown.flatMap(({ position, index }) => {
      const row = rows.get(position);
      if (!row) return [];
      return [{ id: row.id, position, number: index + 1, byHand: index < byHand[section], ...wordsOf(row) }];
    }),
    page,
    pages,
    searched: searched && { from: searched.from + 1, to: searched.to, of: order.length },
  };
}

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * Reads a part of the list through, in its order: names are sealed, so no index finds them.
 * @param first the number of the entry to begin at, from 1; what is given back counts from 0
 */
async function findByWords(
  order: Uint32Array,
  first: number,
  readAt: (positions: readonly number[]) => Promise<ReadonlyMap<number, PrintableSignature>>,
  isSought: (row: PrintableSignature) => boolean,
) {
  const from = Math.min(Math.max(0, first - 1), order.length);
  const end = Math.min(from + MOST_SEARCHED, order.length);
  const indexes: number[] = [];
  for (let at = from; at < end; at += CHUNK) {
    const places = [...order.subarray(at, Math.min(at + CHUNK, end))];
    const rows = await readAt(places);
    for (const [offset, place] of places.entries()) {
      const row = rows.get(place);
      if (!row || !isSought(row)) continue;
      indexes.push(at + offset);
      if (indexes.length === PAGE_ROWS) return { indexes, from, to: at + offset + 1 };
    }
    await breathe();
  }
  return { indexes, from, to: end };
}
