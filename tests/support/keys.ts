import { createHash } from 'node:crypto';
import { type Keys, keysFrom, newKeyRing } from '../../lib/crypto/keys.ts';

/** Keys for a test, always the same for one word. */
export function testKeys(word = 'test'): Keys {
  return keysFrom(newKeyRing(new Date('2026-01-01T00:00:00Z'), () => createHash('sha256').update(word).digest()));
}
