import type { Result } from '../shared/result.ts';

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
  /**
   * Counts one use of each, or refuses the first that is over its limit with the whole seconds until the next one may pass: neither that
   * use nor those after it are counted. No two may be of one rule and one subject. One commit for all of them.
   */
  take(claims: readonly RateClaim[], now: Date): Promise<Result<null, { readonly claim: RateClaim; readonly retryAfter: number }>>;
}

export interface TurnTaker {
  /**
   * Counts one use in the first short window that has room, the one of now or a later one of the same long window; null, and nothing
   * counted, where none has. It asks the database the same number of times whatever it finds there.
   * @returns when that turn begins: now at the earliest
   */
  takeTurn(claim: RateClaim, now: Date): Promise<Date | null>;
}
