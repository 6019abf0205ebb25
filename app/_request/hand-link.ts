import { headers } from 'next/headers';
import { z } from 'zod';
import type { Keys } from '../../lib/crypto/keys.ts';
import { type SealPlace, seal, unseal } from '../../lib/crypto/seal.ts';
import { parseToken, type Token } from '../../lib/crypto/tokens.ts';
import type { HandedOver } from '../../lib/invitations/by-hand.ts';
import { HAND_LINK_HEADER } from './handed-on.ts';
import { instance } from './instance.ts';

/** Long enough for a slow redirect; the page that shows the link clears the cookie at once. */
export const HAND_LINK_SECONDS = 60;

const content = z.object({ token: z.string(), until: z.number() });

/** For the member who made it, and no other of the same browser. */
const place = (invitationId: string, memberId: string): SealPlace => ({ table: 'hand-link', id: invitationId, scope: memberId });

/** The value of the `hand-link` cookie: on the way from the button that made a link to the page that shows it. */
export const sealHandLink = (keys: Keys, { invitationId, token }: HandedOver, memberId: string, now: Date): string =>
  seal(keys, place(invitationId, memberId), { token, until: now.getTime() + HAND_LINK_SECONDS * 1_000 }).toString('base64url');

/** The link that was made a moment ago for this invitation by this member; null where there is none, or it was shown. */
export async function readHandLink(invitationId: string, memberId: string): Promise<Token<'hand-delivered'> | null> {
  const { keys, now } = instance();
  const sealed = (await headers()).get(HAND_LINK_HEADER);
  const opened = sealed === null ? null : unseal(keys, place(invitationId, memberId), Buffer.from(sealed, 'base64url'));
  const read = opened?.ok ? content.safeParse(opened.value) : null;
  if (!read?.success || read.data.until <= now().getTime()) return null;
  const token = parseToken('hand-delivered', read.data.token);
  return token.ok ? token.value : null;
}
