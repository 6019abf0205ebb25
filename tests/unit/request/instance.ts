import { randomBytes } from 'node:crypto';
import type { Instance } from '../../../app/_request/instance.ts';
import { keysFrom, newKeyRing } from '../../../lib/crypto/keys.ts';
import { memoryDrafts } from '../../support/memory-drafts.ts';
import { memoryRates } from '../../support/memory-rates.ts';

export const NOW = new Date('2026-11-21T09:00:00Z');
export const ORIGIN = 'https://letters.example.org';

/** A running instance with fresh keys, everything in memory; `bugs` gathers what was reported. */
export function testInstance(overrides: Partial<Instance> = {}): Instance & { readonly bugs: unknown[] } {
  const bugs: unknown[] = [];
  return {
    origin: ORIGIN,
    secureCookies: true,
    trustedHops: 1,
    keys: keysFrom(newKeyRing(NOW, randomBytes)),
    drafts: memoryDrafts(),
    rates: memoryRates(),
    now: () => NOW,
    isHealthy: async () => true,
    report: (_where, error) => bugs.push(error),
    ...overrides,
    bugs,
  };
}

/** A form post as a browser sends it, or with other headers. */
export function post(body: string, headers: Readonly<Record<string, string | null>> = {}): Request {
  const all: Readonly<Record<string, string | null>> = {
    origin: ORIGIN,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    'x-forwarded-for': '192.0.2.7',
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return new Request(`${ORIGIN}/letters/let_1/headline`, { method: 'POST', body, headers: sent });
}

/** The cookies an answer sets, as the browser would send them back; cleared ones are left out. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .filter((line) => !line.includes('Max-Age=0'))
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
}
