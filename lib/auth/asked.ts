import { z } from 'zod';
import type { Keys } from '../crypto/keys.ts';
import { seal, unseal } from '../crypto/seal.ts';

/** So long a browser may open links to an address it asked for: past the last link sent before it asked. */
const ASKED_HOURS = 24;
/** Somebody with a few addresses, and a few slips of the finger. */
const MOST = 4;

const PLACE = { table: 'sign_in_browser', id: '', scope: 'instance' };
const INDEX = z.string().regex(/^[\w-]{43}$/);
const CONTENT = z.array(z.object({ index: INDEX, at: z.number() })).max(MOST);

function read(keys: Keys, cookie: string | null, now: Date): z.infer<typeof CONTENT> {
  const opened = cookie === null ? null : unseal(keys, PLACE, Buffer.from(cookie, 'base64url'));
  const content = opened?.ok ? CONTENT.safeParse(opened.value) : undefined;
  return (content?.data ?? []).filter(({ at }) => at > now.getTime() - ASKED_HOURS * 3_600_000);
}

/**
 * For which addresses a browser asked, as their keyed indexes, out of the cookie it was given. A link opens in every browser that asked
 * for its address, and in no other: whoever has none of the mails can ask as often as they like and opens nothing; whoever sends somebody
 * a link to an address of their own does not get it opened there.
 */
export const askedAddresses = (keys: Keys, cookie: string | null, now: Date): readonly Buffer[] =>
  read(keys, cookie, now).map(({ index }) => Buffer.from(index, 'base64url'));

/** The cookie of a browser that has just asked for an address, known here or not; the oldest it asked for goes where there are many. */
export function noteAsked(keys: Keys, cookie: string | null, emailIndex: Buffer, now: Date): string {
  const index = emailIndex.toString('base64url');
  const others = read(keys, cookie, now).filter((one) => one.index !== index);
  return seal(keys, PLACE, [{ index, at: now.getTime() }, ...others].slice(0, MOST)).toString('base64url');
}
