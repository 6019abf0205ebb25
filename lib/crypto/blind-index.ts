import { createHmac } from 'node:crypto';
import { lengthPrefixed } from './frame.ts';
import type { Keys } from './keys.ts';

/**
 * Finds a sealed value again without opening it: equal values of one purpose and scope give equal indexes.
 * The same address on two letters gives two unlike ones, so a stolen table does not show who signed both.
 * @param purpose what the value is: `address`, `name`
 * @param scope the letter's id, or the coalition's for what belongs to no letter
 * @param value in its canonical form (an address's `canonical`, a normalised name)
 * @returns 32 bytes (HMAC-SHA-256)
 */
export function blindIndex(keys: Keys, purpose: string, scope: string, value: string): Buffer {
  const key = keys.subKey('index', keys.lookUpVersion);
  if (!key) throw new Error(`no key of version ${keys.lookUpVersion}`);
  return createHmac('sha256', key)
    .update(lengthPrefixed([purpose, scope, value]))
    .digest();
}
