import type { LetterRow } from '../../db/queries/letters.ts';
import { countPublicationsBetween } from '../../db/queries/printing.ts';
import type { PublicationChoice } from '../../db/schema/values.ts';
import type { Store } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { BoundedCache } from '../shared/bounded-cache.ts';
import { breathe } from '../shared/breathe.ts';
import { letterState } from './document.ts';

/** Listed entries by who may see the name, whether names show at present or not. */
export type PublicationCounts = Readonly<Record<PublicationChoice, number>>;

/** Places counted by one query: some twenty milliseconds, which everybody else's requests wait. */
const CHUNK = 20_000;
/** Letters whose counts are remembered. */
const MOST_LETTERS = 1_000;

const kept = new WeakMap<Store, BoundedCache<PublicationCounts>>();

function keptOf(store: Store): BoundedCache<PublicationCounts> {
  const known = kept.get(store);
  if (known) return known;
  const counts = new BoundedCache<PublicationCounts>(MOST_LETTERS);
  kept.set(store, counts);
  return counts;
}

/** How many of a letter's entries stand in which edition: counted once for each state of the letter. */
export async function countPublications({ store }: Pick<Instance, 'store'>, letter: LetterRow): Promise<PublicationCounts> {
  const counts = keptOf(store);
  const state = letterState(letter);
  const known = counts.get(letter.id, state);
  if (known) return known;
  const found = { public: 0, addressee: 0, counted: 0 };
  for (let after = 0; after < letter.signatureSequence; after += CHUNK) {
    if (after > 0) await breathe();
    const rows = await countPublicationsBetween(store.read, letter.id, { after, upTo: after + CHUNK });
    for (const { publication, entries } of rows) found[publication] += Number(entries);
  }
  counts.set(letter.id, state, found, 1);
  return found;
}

/**
 * Whether there is a copy for the addressee beside the public one: only where somebody chose it, and as long as the letter stands. While
 * names are hidden it is there, and empty.
 */
export const hasAddresseeEdition = ({ status }: Pick<LetterRow, 'status'>, { addressee }: PublicationCounts): boolean =>
  status !== 'withdrawn' && addressee > 0;
