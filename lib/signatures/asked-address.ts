import { z } from 'zod';
import type { EmailAddress } from '../crypto/email-address.ts';
import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, seal, unseal } from '../crypto/seal.ts';

/** An address that somebody gave as their own and nobody has proved: it stands with the link that was mailed to it, and nowhere else. */
export interface AskedAddress {
  readonly email: EmailAddress;
}

const stored = z.object({ email: z.object({ asTyped: z.string(), canonical: z.string() }) });

const place = (letterId: string, linkId: string): SealPlace => ({ table: 'links', id: linkId, scope: letterId });

export const sealAsked = (keys: Keys, letterId: string, linkId: string, asked: AskedAddress): Buffer =>
  seal(keys, place(letterId, linkId), asked);

/** Null for a link to an address that was given with the signing. @throws where the row is another's or was changed outside the product */
export function openAsked(
  keys: Keys,
  letterId: string,
  link: { readonly id: string; readonly sealed: Uint8Array | null },
): AskedAddress | null {
  if (link.sealed === null) return null;
  const opened = unseal(keys, place(letterId, link.id), link.sealed);
  if (!opened.ok) throw new Error(`link ${link.id} does not open: ${opened.reason}`);
  return stored.parse(opened.value) as AskedAddress;
}
