import type { LetterRow } from '../../db/queries/letters.ts';
import { type ListBranch, type ListResidue, listNearest, listPlacesOf } from '../../db/queries/list.ts';
import type { Store } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { letterState } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { BoundedCache } from '../shared/bounded-cache.ts';
import { breathe } from '../shared/breathe.ts';
import { searchTextOf, soughtIn } from '../text/search-text.ts';
import { branchesOf, type ListFilter } from './list-filter.ts';
import { openPrintable } from './printable-record.ts';

/** Entries read and opened in one go, some milliseconds. */
const CHUNK = 125;
/** Places that one look goes through by the database's own means, some milliseconds. */
const SPAN = 4_000;
/** What one request opens and walks through at most: the rest of a very long list waits for the next one. */
const MOST_OPENED = 30_000;
const MOST_WALKED = 120_000;

/** What was looked through, without names: the places found between two bounds, each of which was looked at. */
interface Seen {
  readonly low: number;
  readonly high: number;
  /** Ascending. */
  readonly places: readonly number[];
}

const shared = Symbol.for('undersigned.list-searches');
type Searches = WeakMap<Store, BoundedCache<Seen>>;
/** Places remembered, of all letters together: eight bytes each. */
const MOST_PLACES = 2_000_000;
/** What a search takes beside its places, counted in places. */
const OVERHEAD = 100;

/** A built server has copies of this module; only globalThis is shared by them. */
function searchesOf(store: Store): BoundedCache<Seen> {
  const holder = globalThis as { [shared]?: Searches };
  holder[shared] ??= new WeakMap();
  const known = holder[shared].get(store);
  if (known) return known;
  const searches = new BoundedCache<Seen>(MOST_PLACES);
  holder[shared].set(store, searches);
  return searches;
}

export interface FoundPlaces {
  /** In the order asked for, at most as many as asked for. */
  readonly places: readonly number[];
  /** Where a look that was cut short goes on: everything before it was looked at. Null where it came to the end. */
  readonly onFrom: number | null;
}

export interface PlacesAsked {
  readonly place: number;
  readonly older: boolean;
  readonly limit: number;
}

/**
 * The places of entries next to a place. By status alone an index finds them; words, capacity and origin are looked for entry by entry,
 * as far as the page needs, and what was found is remembered as long as the letter does not change.
 */
export async function findPlaces(instance: Instance, letter: LetterRow, filter: ListFilter, asked: PlacesAsked): Promise<FoundPlaces> {
  const branches = branchesOf[filter.state];
  if (filter.capacity === null && filter.origin === null && filter.words === '') {
    const found = await Promise.all(branches.map((branch) => listNearest(instance.store.read, letter.id, branch, asked)));
    return { places: inDirection(found.flat(), asked.older).slice(0, asked.limit), onFrom: null };
  }
  const residue = { capacity: filter.capacity, origin: filter.origin, words: soughtIn(filter.words) };
  // Nothing but signs was typed: there is nothing to find.
  if (filter.words !== '' && residue.words.length === 0) return { places: [], onFrom: null };
  const searches = searchesOf(instance.store);
  const key = JSON.stringify([letter.id, filter.state, residue]);
  const state = letterState(letter);
  const known = searches.get(key, state);
  const search = new Search(instance, letter, { branches, residue });
  const seen = await search.from(known && reaches(known, asked) ? known : nothingSeen(asked), asked);
  searches.set(key, state, seen, seen.places.length + OVERHEAD);
  const { older, place, limit } = asked;
  const places = inDirection(
    seen.places.filter((each) => (older ? each < place : each > place)),
    older,
  ).slice(0, limit);
  const ended = older ? seen.low <= 1 : seen.high >= letter.signatureSequence;
  return { places, onFrom: ended || places.length >= limit ? null : older ? seen.low : seen.high };
}

const inDirection = (places: readonly number[], older: boolean) => places.toSorted((one, two) => (older ? two - one : one - two));

const reaches = ({ low, high }: Seen, { place, older }: PlacesAsked) =>
  older ? place >= low && place <= high + 1 : place >= low - 1 && place <= high;

const nothingSeen = ({ place, older }: PlacesAsked): Seen =>
  older ? { low: place, high: place - 1, places: [] } : { low: place + 1, high: place, places: [] };

class Search {
  readonly #instance: Instance;
  readonly #letter: LetterRow;
  readonly #what: { readonly branches: readonly ListBranch[]; readonly residue: ListResidue };
  #opened = 0;
  #walked = 0;

  constructor(instance: Instance, letter: LetterRow, what: { readonly branches: readonly ListBranch[]; readonly residue: ListResidue }) {
    this.#instance = instance;
    this.#letter = letter;
    this.#what = what;
  }

  /** Looks on from what was seen, until there is enough, or nothing more, or enough was done for one request. */
  async from(seen: Seen, { place, older, limit }: PlacesAsked): Promise<Seen> {
    let { low, high } = seen;
    const places = [...seen.places];
    const last = this.#letter.signatureSequence;
    let enough = places.filter((each) => (older ? each < place : each > place)).length;
    while (enough < limit && (older ? low > 1 : high < last) && this.#opened < MOST_OPENED && this.#walked < MOST_WALKED) {
      const range = older ? { from: Math.max(1, low - SPAN), to: low - 1 } : { from: high + 1, to: Math.min(last, high + SPAN) };
      const looked = await this.#look(range, older);
      if (older) places.unshift(...looked.places.toReversed());
      else places.push(...looked.places);
      enough += looked.places.length;
      if (older) low = looked.end;
      else high = looked.end;
      await breathe();
    }
    return { low, high, places };
  }

  /** One look, as far as it got: entries that have to be opened come in chunks. */
  async #look({ from, to }: { readonly from: number; readonly to: number }, older: boolean) {
    const { branches, residue } = this.#what;
    const range = { from, to, limit: CHUNK, newestFirst: older };
    const found = await Promise.all(
      branches.map((branch) => listPlacesOf(this.#instance.store.read, this.#letter.id, branch, residue, range)),
    );
    // Of a branch that was cut off, nothing behind its last entry is known.
    const cut = found.flatMap((rows) => (rows.length === CHUNK ? [rows.at(-1)?.position ?? to] : []));
    const end = older ? Math.max(from, ...cut) : Math.min(to, ...cut);
    this.#walked += older ? to - end + 1 : end - from + 1;
    const rows = found.flat().filter(({ position }) => (older ? position >= end : position <= end));
    const fit = rows.filter((row) => row.unread === 0 || residue.words.length === 0 || this.#says(row));
    return { end, places: inDirection([...new Set(fit.map(({ position }) => position))], older) };
  }

  #says({ id, batchId, sealed }: { readonly id: string; readonly batchId: string | null; readonly sealed: Buffer }): boolean {
    this.#opened++;
    const { id: letterId, policies } = this.#letter;
    const {
      name,
      organisation,
      acronym,
      role,
      city,
      country,
      printAs,
      names = {},
    } = openPrintable(this.#instance.keys, { id, batchId, sealed, letterId }, policiesOf(policies));
    const parts = [name, organisation, acronym, role, city, country, printAs, ...Object.values(names)];
    const text = searchTextOf(parts.filter((part) => part !== undefined).join(' '));
    return this.#what.residue.words.every((word) => text.includes(word));
  }
}
