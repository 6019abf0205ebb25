import type { LetterRow } from '../../db/queries/letters.ts';
import type { Store } from '../../db/store.ts';
import type { SortKeys } from '../block/rank.ts';

/** What an entry was compared by when it was looked at. */
export interface KnownEntry {
  readonly rank: string;
  readonly keys: SortKeys;
  /** Of its sealed record: an entry that was changed may get its old rank again. */
  readonly mark: number;
}

type Compare = (left: SortKeys, right: SortKeys) => number;

/** Between which two entries a newcomer stands; null where there is none on that side. */
export interface Gap {
  readonly low: KnownEntry | null;
  readonly high: KnownEntry | null;
}

/**
 * Entries of one section that were looked at, in their order: where the next search begins. They may have changed or left since. That
 * makes a search longer and no place wrong: whoever writes between two of them reads both once more.
 */
export class KnownSection {
  readonly #entries: KnownEntry[] = [];

  /** The nearest known ones on both sides. */
  around(keys: SortKeys, compare: Compare): Gap {
    const at = this.#firstWhere((entry) => compare(keys, entry.keys) < 0);
    return { low: this.#entries[at - 1] ?? null, high: this.#entries[at] ?? null };
  }

  add(entry: KnownEntry): void {
    const at = this.#firstWhere(({ rank }) => rank >= entry.rank);
    this.#entries.splice(at, this.#entries[at]?.rank === entry.rank ? 1 : 0, entry);
  }

  /** Some of it may no longer hold. All of it goes: around the two that were found wanting may be others that left. */
  forget(): void {
    this.#entries.length = 0;
  }

  get size(): number {
    return this.#entries.length;
  }

  #firstWhere(isPast: (entry: KnownEntry) => boolean): number {
    let [from, to] = [0, this.#entries.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isPast(this.#entries[middle] as KnownEntry)) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}

/** Names that everybody may read, in memory for minutes: who leaves the list does not stay here. */
const LONGEST_MS = 5 * 60_000;
const MOST_ENTRIES = 5000;
const MOST_LETTERS = 20;

interface KnownLetter {
  /** The ranking they belong to, and by what it is sorted. */
  readonly ranking: string;
  readonly since: number;
  readonly sections: Map<string, KnownSection>;
}

const known = new WeakMap<Store, Map<string, KnownLetter>>();

const rankingOf = ({ rankGeneration, rankedAs }: LetterRow): string => `${rankGeneration} ${rankedAs}`;

/** What is known of a ranked list: newcomers come one after the other, and each is looked for among the same entries. */
export function knownSections(store: Store, letter: LetterRow, now: Date): Map<string, KnownSection> {
  const letters = known.get(store) ?? new Map<string, KnownLetter>();
  known.set(store, letters);
  const time = now.getTime();
  for (const [id, { since, sections }] of letters) {
    const entries = [...sections.values()].reduce((sum, { size }) => sum + size, 0);
    if (Math.abs(time - since) > LONGEST_MS || entries > MOST_ENTRIES || letters.size > MOST_LETTERS) letters.delete(id);
  }
  const ranking = rankingOf(letter);
  const found = letters.get(letter.id);
  if (found?.ranking === ranking) return found.sections;
  const sections = new Map<string, KnownSection>();
  const kept = { ranking, since: time, sections };
  letters.set(letter.id, kept);
  // Whether anybody signs after it or not.
  setTimeout(() => {
    if (letters.get(letter.id) === kept) letters.delete(letter.id);
  }, LONGEST_MS).unref();
  return sections;
}

/** The names show no more: nothing of them stays. */
export const forgetSections = (store: Store, letterId: string): void => void known.get(store)?.delete(letterId);
