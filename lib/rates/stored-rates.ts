import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import {
  type CountedWindow,
  countUse,
  deleteCountersBefore,
  findRateKey,
  listFullWindows,
  offerRateKey,
  takeUseBack,
} from '../../db/queries/rates.ts';
import type { Store, Tx } from '../../db/store.ts';
import { lengthPrefixed } from '../crypto/frame.ts';
import { seal, unseal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { refusal, success } from '../shared/result.ts';
import type { RateClaim, RateCounter, TurnTaker } from './rate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEY_BYTES = 32;
/** Full windows that are remembered at most. */
const MOST_FULL = 10_000;
/** No window begins here. */
const NEVER = new Date(-1);

/**
 * The key of the day, by the database it stands in: the first who counts something on a day reads it for all. A key object, since hashing
 * with bare bytes makes one each time.
 */
const todays = new WeakMap<Store, { readonly day: number; readonly key: KeyObject }>();

/** A window at a moment; times in milliseconds. */
interface Slot extends CountedWindow {
  readonly claim: RateClaim;
  readonly milliseconds: number;
  readonly endsAt: number;
}

/**
 * Counters in the database, right for any number of processes. Whom they count is a hash under the day's random key: at midnight UTC
 * the key goes, and with it every way to tell an address from its counter.
 */
export function storedRates({ store, keys, random }: Pick<Instance, 'store' | 'keys' | 'random'>): RateCounter & TurnTaker {
  async function keyOf(now: Date): Promise<KeyObject> {
    const today = Math.floor(now.getTime() / DAY_MS);
    const known = todays.get(store);
    if (known?.day === today) return known.key;
    const day = now.toISOString().slice(0, 10);
    const place = { table: 'rate_keys', id: day, scope: 'instance' };
    let sealed = await findRateKey(store.read, day);
    if (!sealed) {
      const offered = seal(keys, place, random(KEY_BYTES).toString('base64url'));
      await store.inTransaction(async (tx) => {
        await offerRateKey(tx, day, offered);
        await deleteCountersBefore(tx, new Date(now.getTime() - DAY_MS));
        // Another process may have been faster: what counts is what is stored.
        sealed = await findRateKey(tx, day);
      });
    }
    const opened = unseal(keys, place, sealed ?? Buffer.alloc(0));
    if (!opened.ok || typeof opened.value !== 'string') throw new Error(`the rate key of ${day} can't be opened`);
    const key = createSecretKey(opened.value, 'base64url');
    todays.set(store, { day: today, key });
    return key;
  }

  /** The windows of a rule at a moment, the short one first. */
  function slotsOf(claim: RateClaim, dayKey: KeyObject, now: Date): readonly [Slot, Slot] {
    const { rule, subject } = claim;
    const slotOf = ({ seconds, most }: RateClaim['rule']['windows'][number]) => {
      const start = Math.floor(now.getTime() / (seconds * 1000)) * seconds * 1000;
      const key = createHmac('sha256', dayKey)
        .update(lengthPrefixed([rule.name, String(seconds), subject]))
        .digest();
      return { claim, key, start: new Date(start), most, milliseconds: seconds * 1000, endsAt: start + seconds * 1000 };
    };
    const [short, long] = rule.windows;
    return [slotOf(short), slotOf(long)];
  }

  /**
   * Windows that were found full, and stay so until they end. Asked before the database: all windows are counted at once, and each that is
   * then taken back is a change of its own, which nobody shall cause who goes on and on beyond a limit.
   */
  const full = new Set<string>();
  const nameOf = ({ key, start }: Slot) => `${key.toString('base64')} ${start.getTime()}`;
  /** Where the windows of the same claim begin. */
  const firstOf = (slots: readonly Slot[], { claim }: Slot) => slots.findIndex((slot) => slot.claim === claim);

  /** The first window without room for one more use; null where all counted it. Claims before that window's are counted, no others. */
  async function findFull(tx: Tx, slots: readonly Slot[]): Promise<Slot | null> {
    const known = full.size === 0 ? undefined : slots.find((slot) => full.has(nameOf(slot)));
    const asked = known ? slots.slice(0, firstOf(slots, known)) : slots;
    const counted = asked.length === 0 ? [] : await countUse(tx, asked);
    const found = asked[counted.indexOf(false)];
    if (!found) return known ?? null;
    const from = firstOf(asked, found);
    for (const [at, { key, start }] of asked.entries()) if (at >= from && counted[at]) await takeUseBack(tx, key, start);
    if (full.size >= MOST_FULL) full.clear();
    full.add(nameOf(found));
    return found;
  }

  return {
    async take(claims, now) {
      if (claims.length === 0) return success(null);
      const dayKey = await keyOf(now);
      const slots = claims.flatMap((claim) => slotsOf(claim, dayKey, now));
      return await store.inTransactionBefore(async (tx) => {
        const found = await findFull(tx, slots);
        return found ? refusal({ claim: found.claim, retryAfter: Math.ceil((found.endsAt - now.getTime()) / 1000) }) : success(null);
      });
    },

    async takeTurn(claim, now) {
      const [short, long] = slotsOf(claim, await keyOf(now), now);
      return await store.inTransactionBefore(async (tx) => {
        // The long window first: its row is locked until the commit, so that two at once never find the same turn free.
        const [counted] = await countUse(tx, [long]);
        const full = new Set((await listFullWindows(tx, short.key, short.start, short.most)).map((start) => start.getTime()));
        let start = short.start.getTime();
        while (full.has(start)) start += short.milliseconds;
        if (counted && start < long.endsAt) {
          await countUse(tx, [{ ...short, start: new Date(start) }]);
          return new Date(Math.max(start, now.getTime()));
        }
        // Where nothing was counted it takes nothing back, and is one statement all the same.
        await takeUseBack(tx, long.key, counted ? long.start : NEVER);
        return null;
      });
    },
  };
}
