import type { RateClaim } from '../../lib/rates/rate.ts';
import type { Asking } from './member.ts';
import type { Call } from './mutate.ts';
import { SAVE_RATE } from './rate-rules.ts';

/** What every form that keeps a member's typing counts: all their saves together, whatever they are of. */
export const countSave = ({ scope }: Call<Asking | null, unknown>): readonly RateClaim[] =>
  // Null: their session has ended, and nothing will be saved.
  scope ? [{ rule: SAVE_RATE, subject: scope.who.person.id }] : [];
