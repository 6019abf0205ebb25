/**
 * Stands in a form for what its page showed, 16 hex digits: a sealed value ends in a code over all of it, under a nonce of its own, so
 * that another value has another. Whoever approves says by it what they looked at.
 */
export const seenMark = (sealed: Uint8Array): string => Buffer.from(sealed.subarray(-8)).toString('hex');
