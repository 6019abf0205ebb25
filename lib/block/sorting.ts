import { keyComparison, sortKey } from './order.ts';
import type { Order, SignatoryRecord } from './record.ts';
import { sortedIndexes } from './sorted-indexes.ts';

type Batches = Iterable<readonly SignatoryRecord[]> | AsyncIterable<readonly SignatoryRecord[]>;

const BATCH = 512;
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Records as JSON in large buffers outside the JavaScript heap: a million take some 150 MB instead of half a gigabyte of objects. */
class Spool {
  readonly #chunks: Buffer[] = [];
  #used = CHUNK_BYTES;
  /** Chunk, offset and length of each record. */
  #places = new Uint32Array(3 * 1024);
  #count = 0;

  add(record: SignatoryRecord): void {
    const text = JSON.stringify(record);
    const most = text.length * 3;
    if (this.#used + most > CHUNK_BYTES) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, most)));
      this.#used = 0;
    }
    const length = this.#chunks.at(-1)?.write(text, this.#used, 'utf8') ?? 0;
    if (3 * (this.#count + 1) > this.#places.length) {
      const places = new Uint32Array(this.#places.length * 2);
      places.set(this.#places);
      this.#places = places;
    }
    this.#places.set([this.#chunks.length - 1, this.#used, length], 3 * this.#count);
    this.#used += length;
    this.#count++;
  }

  get(index: number): SignatoryRecord {
    const [chunk = 0, offset = 0, length = 0] = this.#places.subarray(3 * index, 3 * index + 3);
    // What was written by `add` from a checked record needs no second check.
    return JSON.parse(this.#chunks[chunk]?.toString('utf8', offset, offset + length) ?? '') as SignatoryRecord;
  }
}

/**
 * The records of `batches` in `order`, stable: equals keep their place. `manual` and `signing` without times pass through and hold
 * nothing; the other orders hold every record once (as JSON) and its key.
 *
 * `signing`: by `signedAt`; a record without one keeps its place behind the record before it.
 */
export async function* inOrder(
  batches: Batches,
  order: Order,
  language: string,
  timesInOrder: boolean,
): AsyncGenerator<readonly SignatoryRecord[]> {
  if (order === 'manual' || (order === 'signing' && timesInOrder)) {
    for await (const batch of batches) if (batch.length > 0) yield batch;
    return;
  }
  const spool = new Spool();
  const sorter = new Sorter(order, language);
  for await (const batch of batches) {
    for (const record of batch) {
      spool.add(record);
      sorter.add(record);
    }
  }
  const ranks = await sorter.ranks();
  for (let from = 0; from < ranks.length; from += BATCH) {
    yield Array.from(ranks.subarray(from, from + BATCH), (index) => spool.get(index));
  }
}

/** What records sort by, without the records. */
export class Sorter {
  readonly #order: Order;
  readonly #language: string;
  readonly #keys: string[] = [];
  /** Of those with equal keys: within a country by name. */
  readonly #secondary: string[] = [];
  #count = 0;
  #lastTime = '';

  constructor(order: Order, language: string) {
    this.#order = order;
    this.#language = language;
  }

  add(record: SignatoryRecord): void {
    this.#count++;
    if (this.#order === 'manual') return;
    if (this.#order === 'signing') {
      if (record.signedAt !== undefined) this.#lastTime = instantOf(record.signedAt);
      this.#keys.push(this.#lastTime);
      return;
    }
    this.#keys.push(sortKey(record, this.#order, this.#language));
    if (this.#order === 'country') this.#secondary.push(sortKey(record, 'alphabetical', this.#language));
  }

  /** The records in order, as indexes in the order they were added; equals keep theirs. */
  async ranks(): Promise<Uint32Array> {
    const keys = this.#keys;
    const secondary = this.#secondary;
    if (keys.length === 0) return Uint32Array.from({ length: this.#count }, (_, index) => index);
    const compare = this.#order === 'signing' ? compareInstants : keyComparison(this.#language);
    return await sortedIndexes(keys.length, (left, right) => {
      const difference = compare(keys[left] ?? '', keys[right] ?? '');
      return difference !== 0 || secondary.length === 0 ? difference : compare(secondary[left] ?? '', secondary[right] ?? '');
    });
  }
}

/** An instant whose spelling sorts as time does, whatever its offset. */
export const instantOf = (signedAt: string): string => new Date(signedAt).toISOString();

const compareInstants = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
