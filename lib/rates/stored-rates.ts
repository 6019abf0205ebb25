import { createHmac } from 'node:crypto';
import { countUse, deleteCountersBefore, findRateKey, listFullWindows, offerRateKey, takeUseBack } from '../../db/queries/rates.ts';
import type { Store } from '../../db/store.ts';
import { lengthPrefixed } from '../crypto/frame.ts';
import { seal, unseal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { refusal, success } from '../shared/result.ts';
import type { RateClaim, RateCounter, TurnTaker } from './rate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEY_BYTES = 32;
/** No window begins here. */
const NEVER = new Date(-1);

/** The key of the day, by the database it stands in: the first who counts something on a day reads it for all. */
const todays = new WeakMap<Store, { readonly day: string; readonly key: Buffer }>();

/**
 * Counters in the database, right for any number of processes. Whom they count is a hash under the day's random key: at midnight UTC
 * the key goes, and with it every way to tell an address from its counter.
 */
export function storedRates({ store, keys, random }: Pick<Instance, 'store' | 'keys' | 'random'>): RateCounter & TurnTaker {
  async function keyOf(now: Date): Promise<Buffer> {
    const day = now.toISOString().slice(0, 10);
    const today = todays.get(store);
    if (today?.day === day) return today.key;
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
    const key = Buffer.from(opened.value, 'base64url');
    todays.set(store, { day, key });
    return key;
  }

  /** The windows of a rule at a moment, the short one first. */
  async function slotsOf({ rule, subject }: RateClaim, now: Date) {
    const dayKey = await keyOf(now);
    const slotOf = ({ seconds, most }: RateClaim['rule']['windows'][number]) => {
      const start = Math.floor(now.getTime() / (seconds * 1000)) * seconds * 1000;
      const key = createHmac('sha256', dayKey)
        .update(lengthPrefixed([rule.name, String(seconds), subject]))
        .digest();
      return { key, start: new Date(start), most, milliseconds: seconds * 1000, endsAt: start + seconds * 1000 };
    };
    const [short, long] = rule.windows;
    return [slotOf(short), slotOf(long)] as const;
  }

  return {
    async take(claims, now) {
      if (claims.length === 0) return success(null);
      const all = await Promise.all(claims.map(async (claim) => ({ claim, slots: await slotsOf(claim, now) })));
      return await store.inTransactionBefore(async (tx) => {
        for (const { claim, slots } of all) {
          for (const [index, slot] of slots.entries()) {
            if (await countUse(tx, slot.key, slot.start, slot.most)) continue;
            for (const taken of slots.slice(0, index)) await takeUseBack(tx, taken.key, taken.start);
            return refusal({ claim, retryAfter: Math.ceil((slot.endsAt - now.getTime()) / 1000) });
          }
        }
        return success(null);
      });
    },

    async takeTurn(claim, now) {
      const [short, long] = await slotsOf(claim, now);
      return await store.inTransactionBefore(async (tx) => {
        // The long window first: its row is locked until the commit, so that two at once never find the same turn free.
        const counted = await countUse(tx, long.key, long.start, long.most);
        const full = new Set((await listFullWindows(tx, short.key, short.start, short.most)).map((start) => start.getTime()));
        let start = short.start.getTime();
        while (full.has(start)) start += short.milliseconds;
        if (counted && start < long.endsAt) {
          await countUse(tx, short.key, new Date(start), short.most);
          return new Date(Math.max(start, now.getTime()));
        }
        // Where nothing was counted it takes nothing back, and is one statement all the same.
        await takeUseBack(tx, long.key, counted ? long.start : NEVER);
        return null;
      });
    },
  };
}
