import { z } from 'zod';
import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, seal, unseal } from '../crypto/seal.ts';

/*
 * A link stops the mails to one address. Mostly that is its owner's; of an address that somebody gave as their own and nobody has proved,
 * the link keeps the blind index alone: the address itself goes with what it was asked for, and whoever stopped mails may let them come again.
 */

const stored = z.object({ address: z.string().regex(/^[\da-f]+$/) });

const place = (letterId: string, linkId: string): SealPlace => ({ table: 'links', id: linkId, scope: letterId });

/** @param addressIndex the blind index of the address under the letter */
export const sealStopAddress = (keys: Keys, letterId: string, linkId: string, addressIndex: Buffer): Buffer =>
  seal(keys, place(letterId, linkId), { address: addressIndex.toString('hex') });

/** @throws where the row is another's or was changed outside the product */
export function openStopAddress(keys: Keys, letterId: string, link: { readonly id: string; readonly sealed: Uint8Array }): Buffer {
  const opened = unseal(keys, place(letterId, link.id), link.sealed);
  if (!opened.ok) throw new Error(`link ${link.id} does not open: ${opened.reason}`);
  return Buffer.from(stored.parse(opened.value).address, 'hex');
}
