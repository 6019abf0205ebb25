import type { RateCounter } from '../../lib/rates/rate.ts';
import { refusal, success } from '../../lib/shared/result.ts';

/** Counters in memory, for tests of the request layer alone. */
export function memoryRates(most = 50_000): RateCounter {
  const counts = new Map<string, { used: number; readonly endsAt: number }>();
  return {
    async take(claims, now) {
      const time = now.getTime();
      for (const claim of claims) {
        const { rule, subject } = claim;
        const slots = rule.windows.map(({ seconds, most: limit }) => {
          const start = Math.floor(time / (seconds * 1_000));
          return { key: `${rule.name} ${seconds} ${start} ${subject}`, limit, endsAt: (start + 1) * seconds * 1_000 };
        });
        const full = slots.filter(({ key, limit }) => (counts.get(key)?.used ?? 0) >= limit);
        const retryAfter = Math.max(...full.map(({ endsAt }) => Math.ceil((endsAt - time) / 1_000)));
        if (full.length > 0) return refusal({ claim, retryAfter });
        for (const { key, endsAt } of slots) counts.set(key, { used: (counts.get(key)?.used ?? 0) + 1, endsAt });
      }
      if (counts.size > most) for (const [key, { endsAt }] of counts) if (endsAt <= time) counts.delete(key);
      return success(null);
    },
  };
}
