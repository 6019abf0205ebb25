import { createHash } from 'node:crypto';

/**
 * Stands in a form for what its page showed, 16 hex digits: a sealed value ends in a code over all of it, under a nonce of its own, so
 * that another value has another. Whoever approves says by it what they looked at.
 * @param sealed everything that was looked at, in the order it was shown
 */
export const seenMark = (...sealed: readonly Uint8Array[]): string =>
  createHash('sha256')
    .update(Buffer.concat(sealed.map((each) => each.subarray(-8))))
    .digest('hex')
    .slice(0, 16);
