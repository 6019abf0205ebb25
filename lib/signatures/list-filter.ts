import { type ListBranch, type ListOrigin, listOrigins } from '../../db/queries/list.ts';
import { type Capacity, capacities } from '../../db/schema/values.ts';

export { listOrigins };

/** Which entries a page of the list is about. `needs-you`: held ones, and those whose signatory wants them changed. */
export const listStates = ['all', 'needs-you', 'listed', 'unconfirmed', 'withdrawn', 'rejected'] as const;
export type ListState = (typeof listStates)[number];

/** What each of them is made of; every part has its index. */
export const branchesOf: Readonly<Record<ListState, readonly ListBranch[]>> = {
  all: ['any'],
  'needs-you': ['held', 'proposed'],
  listed: ['listed'],
  unconfirmed: ['pending'],
  withdrawn: ['withdrawn'],
  rejected: ['rejected'],
};

export interface ListFilter {
  readonly state: ListState;
  readonly capacity: Capacity | null;
  readonly origin: ListOrigin | null;
  /** As typed, for the field; empty for none. */
  readonly words: string;
}

/** Where a page begins: after an entry on the way to older ones, or before one on the way back. Null: with the newest. */
export type ListCursor = { readonly older: boolean; readonly place: number } | null;

/** Longer than any name. */
const WORDS_LIMIT = 200;

type Search = Readonly<Partial<Record<string, string | readonly string[]>>>;

/** A filter out of an address; what is none of ours counts as not given, and what PostgreSQL cannot read is left out. */
export function readListFilter(search: Search): ListFilter {
  const of = <Value extends string>(values: readonly Value[], name: string): Value | null =>
    values.find((value) => value === search[name]) ?? null;
  const words = typeof search['words'] === 'string' ? search['words'] : '';
  return {
    state: of(listStates, 'state') ?? 'all',
    capacity: of(capacities, 'capacity'),
    origin: of(listOrigins, 'origin'),
    words: words.replaceAll('\0', '').toWellFormed().trim().slice(0, WORDS_LIMIT),
  };
}

export function readListCursor(search: Search): ListCursor {
  for (const [name, older] of [
    ['before', true],
    ['after', false],
  ] as const) {
    const text = search[name];
    if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return { older, place: Number(text) };
  }
  return null;
}

/** The address of a page of the list, the same for the same page: only what is not left to itself stands in it. */
export function listAddress(path: string, filter: Partial<ListFilter>, cursor: ListCursor = null): string {
  const { state = 'all', capacity = null, origin = null, words = '' } = filter;
  const search = new URLSearchParams({
    ...(state === 'all' ? {} : { state }),
    ...(capacity === null ? {} : { capacity }),
    ...(origin === null ? {} : { origin }),
    ...(words === '' ? {} : { words }),
    ...(cursor === null ? {} : { [cursor.older ? 'before' : 'after']: String(cursor.place) }),
  }).toString();
  return search === '' ? path : `${path}?${search}`;
}
