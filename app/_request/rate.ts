import { type Result, refusal, success } from '../../lib/shared/result.ts';

export interface RateWindow {
  readonly seconds: number;
  readonly most: number;
}

/** A limit over a short and a long window: `10 an hour, 30 a day`. */
export interface RateRule {
  /** Kebab case; counters of different rules never meet. */
  readonly name: string;
  readonly windows: readonly [RateWindow, RateWindow];
}

export interface RateClaim {
  readonly rule: RateRule;
  /** Whom it counts for: a network, an address, `all`. A counter keeps a keyed hash of it at most. */
  readonly subject: string;
}

export interface RateCounter {
  /** Counts one use, or refuses it with the whole seconds until the next one may pass. A refused use is not counted. */
  take(claim: RateClaim, now: Date): Promise<Result<null, { readonly retryAfter: number }>>;
}

/** Counters in memory: for one process, and lost with it. */
export function memoryRates(most = 50_000): RateCounter {
  const counts = new Map<string, { used: number; readonly endsAt: number }>();
  return {
    async take({ rule, subject }, now) {
      const time = now.getTime();
      const slots = rule.windows.map(({ seconds, most: limit }) => {
        const start = Math.floor(time / (seconds * 1_000));
        return { key: `${rule.name} ${seconds} ${start} ${subject}`, limit, endsAt: (start + 1) * seconds * 1_000 };
      });
      const full = slots.filter(({ key, limit }) => (counts.get(key)?.used ?? 0) >= limit);
      if (full.length > 0) return refusal({ retryAfter: Math.max(...full.map(({ endsAt }) => Math.ceil((endsAt - time) / 1_000))) });
      for (const { key, endsAt } of slots) counts.set(key, { used: (counts.get(key)?.used ?? 0) + 1, endsAt });
      if (counts.size > most) for (const [key, { endsAt }] of counts) if (endsAt <= time) counts.delete(key);
      return success(null);
    },
  };
}
