import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The header that carries the socket's address from the server into route handlers, which never see the socket. */
export const SOCKET_HEADER = 'x-undersigned-socket';

// All copies of this module in a process must know; only globalThis is shared by them.
const process_: { undersignedSocketStamp?: true } = globalThis as { undersignedSocketStamp?: true };

/**
 * Writes the socket's address into each request before anything else reads it, over whatever a sender put there.
 * To be called once, when the server starts (instrumentation).
 */
export function stampSocketAddresses(): void {
  if (process_.undersignedSocketStamp) return;
  process_.undersignedSocketStamp = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[SOCKET_HEADER] = request.socket.remoteAddress ?? '';
  });
}

/**
 * The address a request comes from, or null if that is not known.
 * @param trustedHops how many proxies of our own stand in front. 0 takes the socket's address; 1 the last address of `X-Forwarded-For`,
 *   which the nearest proxy wrote; what stands left of the trusted ones is the sender's own claim and is never used.
 * @param stamped whether the socket header is ours; without the stamp anybody could send it
 */
export function clientAddress(headers: Headers, trustedHops: number, stamped = process_.undersignedSocketStamp === true): string | null {
  if (trustedHops === 0) return stamped ? readable(headers.get(SOCKET_HEADER)) : null;
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return readable(forwarded.at(-trustedHops) ?? null);
}

function readable(address: string | null): string | null {
  // A socket that listens on IPv6 shows IPv4 callers as ::ffff:192.0.2.1.
  const bare = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(bare) ? bare : null;
}

/**
 * The network an address belongs to, as the unit rates count by: /24 of IPv4 and /48 of IPv6, what one household or office commonly has.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/48`;
}
