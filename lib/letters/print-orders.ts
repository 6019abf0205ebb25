import type { LetterRow } from '../../db/queries/letters.ts';
import type { Store } from '../../db/store.ts';
import { findPrintOrder, type PrintOrder } from '../block/print-order.ts';
import type { BlockSettings } from '../block/record.ts';
import type { Edition } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { BoundedCache } from '../shared/bounded-cache.ts';
import { placedRecords } from '../signatures/records.ts';

/** Entries whose order is remembered, of all letters together: four bytes each. */
const MOST_ENTRIES = 4_000_000;
/** What an order takes beside its entries, counted in entries. */
const OVERHEAD = 500;

const shared = Symbol.for('undersigned.print-orders');
type Orders = WeakMap<Store, BoundedCache<Promise<PrintOrder>>>;

/** A built server has copies of this module; only globalThis is shared by them. */
function ordersOf(store: Store): BoundedCache<Promise<PrintOrder>> {
  const holder = globalThis as { [shared]?: Orders };
  holder[shared] ??= new WeakMap();
  const known = holder[shared].get(store);
  if (known) return known;
  const orders = new BoundedCache<Promise<PrintOrder>>(MOST_ENTRIES);
  holder[shared].set(store, orders);
  return orders;
}

export interface PrintOrderRequest {
  readonly letter: LetterRow;
  /** Of the letter as it was just read: see `letterState`. */
  readonly state: string;
  readonly settings: BlockSettings;
  readonly edition: Edition;
}

/**
 * The order in which a letter's list prints: found once for each state of the letter, since every entry must be opened for it, and then
 * remembered, without names. Those who ask while it is being found wait for the same one.
 */
export async function printOrder(instance: Instance, { letter, state, settings, edition }: PrintOrderRequest): Promise<PrintOrder> {
  const orders = ordersOf(instance.store);
  const key = `${letter.id} ${edition}`;
  const known = orders.get(key, state);
  if (known) return await known;
  const found = findPrintOrder(placedRecords(instance, { letterId: letter.id, edition }), {
    settings,
    language: letter.authenticLanguage,
    edition,
  });
  orders.set(key, state, found, letter.organisationCount + letter.personCount + OVERHEAD);
  try {
    return await found;
  } catch (error) {
    orders.delete(key, found);
    throw error;
  }
}
