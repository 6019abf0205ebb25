import { findLetter } from '../../db/queries/letters.ts';
import { listPrintableAt } from '../../db/queries/printing.ts';
import type { LetterScope } from '../access/scope.ts';
import type { SectionKind } from '../block/model.ts';
import { sectionOf } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { letterBlock, letterState, namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { printOrder } from '../letters/print-orders.ts';
import { PAGE_ROWS } from '../letters/views.ts';
import { inWords } from './listed.ts';
import { openPrintable } from './printable-record.ts';
import { placedRecords } from './records.ts';

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
  /** Some entries that were searched for are left out: more than a page was found. */
  readonly more: boolean;
}

export interface OrderAsked {
  readonly section: string | null;
  readonly page: number;
  /** The page that this entry stands on, by its position; wins over `page`. */
  readonly at: number | null;
  /** In name or details; empty for all. */
  readonly words: string;
}

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
  const searched = asked.words === '' ? null : await findByWords(instance, letter.id, section, asked.words);
  const pages = searched ? 1 : Math.max(1, Math.ceil(order.length / PAGE_ROWS));
  const sought = asked.at === null ? -1 : order.indexOf(asked.at);
  const page = Math.min(Math.max(1, sought < 0 ? asked.page : Math.floor(sought / PAGE_ROWS) + 1), pages);
  const from = (page - 1) * PAGE_ROWS;
  const shown = searched
    ? searched.positions.map((position) => ({ position, index: order.indexOf(position) })).filter(({ index }) => index >= 0)
    : [...order.subarray(from, from + PAGE_ROWS)].map((position, offset) => ({ position, index: from + offset }));
  shown.sort((left, right) => left.index - right.index);
  const rows = new Map(
    (
      await listPrintableAt(
        instance.store.read,
        letter.id,
        shown.map(({ position }) => position),
      )
    ).map((row) => [row.position, row]),
  );
  return {
    sections,
    section,
    entries: shown.flatMap(({ position, index }) => {
      const row = rows.get(position);
      if (!row) return [];
      const words = inWords(openPrintable(instance.keys, { ...row, letterId: letter.id }, policies));
      return [{ id: row.id, position, number: index + 1, byHand: index < byHand[section], ...words }];
    }),
    page,
    pages,
    more: searched?.more ?? false,
  };
}

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Reads the list through: names are sealed, so no index finds them. */
async function findByWords(instance: Instance, letterId: string, section: SectionKind, words: string) {
  const sought = folded(words);
  const positions: number[] = [];
  for await (const batch of placedRecords(instance, { letterId, edition: 'addressee' })) {
    for (const { place, record } of batch) {
      if (sectionOf(record) !== section) continue;
      const { lead, details } = inWords(record);
      if (!folded(`${lead} ${details}`).includes(sought)) continue;
      if (positions.length === PAGE_ROWS) return { positions, more: true };
      positions.push(place);
    }
  }
  return { positions, more: false };
}
