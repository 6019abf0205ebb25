import type { Keys } from '../crypto/keys.ts';
import { seal, unseal } from '../crypto/seal.ts';

/** Nobody reads a form, fills it in and looks at it once more in less. */
export const YOUNGEST_SECONDS = 3;
/** A form that has lain open for longer is shown anew, with what was typed. */
export const OLDEST_MINUTES = 120;

const placeOf = (form: string) => ({ table: 'form_age', id: form, scope: 'instance' });

/**
 * When a form was shown, for its hidden field: sealed, so that nobody sends a time of their own choosing.
 * @param form names the very form; what was shown at another is none of its own
 */
export const stampForm = (keys: Keys, form: string, now: Date): string => seal(keys, placeOf(form), now.getTime()).toString('base64url');

/** What a stamp says of the time since; one that does not open is as good as too old. */
export function formAge(keys: Keys, form: string, stamp: string, now: Date): 'fit' | 'too-young' | 'too-old' {
  const opened = unseal(keys, placeOf(form), Buffer.from(stamp, 'base64url'));
  if (!opened.ok || typeof opened.value !== 'number') return 'too-old';
  const age = now.getTime() - opened.value;
  if (age < 0 || age > OLDEST_MINUTES * 60_000) return 'too-old';
  return age < YOUNGEST_SECONDS * 1_000 ? 'too-young' : 'fit';
}
