import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type Result, refusal, success } from '../shared/result.ts';

/** What a sub key is for: sealed records, blind indexes, tokens, the form cookie, rate counters. */
export type KeyPurpose = 'field' | 'index' | 'token' | 'form' | 'rate';

/** The instance's secret keys, unlocked. Secrets are key objects, which do not print themselves. */
export interface Keys {
  /** The version new records are sealed with. */
  readonly sealingVersion: number;
  /** The version of blind indexes and token hashes: it moves only once every row has been indexed anew. */
  readonly lookUpVersion: number;
  /** The 256-bit sub key of one purpose and version, or undefined for a version the file does not hold. */
  subKey(purpose: KeyPurpose, version: number): KeyObject | undefined;
}

export const MASTER_KEY_BYTES = 32;

const SECRET = z
  .string()
  .refine(
    (text) => Buffer.from(text, 'base64url').toString('base64url') === text && Buffer.from(text, 'base64url').length === MASTER_KEY_BYTES,
  );

const KEY_RING = z
  .strictObject({
    format: z.literal('undersigned-keys/1'),
    sealing: z.int().min(1).max(65_535),
    lookUp: z.int().min(1).max(65_535),
    masters: z.array(z.strictObject({ version: z.int().min(1).max(65_535), createdAt: z.iso.datetime(), secret: SECRET })).min(1),
  })
  .refine((ring) => {
    const versions = new Set(ring.masters.map((master) => master.version));
    return versions.size === ring.masters.length && versions.has(ring.sealing) && versions.has(ring.lookUp);
  });

/** What the keys file holds: versioned master keys, and which of them seals and which of them looks up. */
export type KeyRing = z.infer<typeof KEY_RING>;

/**
 * A ring with one fresh master key.
 * @param random gives that many random bytes
 */
export function newKeyRing(now: Date, random: (bytes: number) => Buffer): KeyRing {
  const secret = random(MASTER_KEY_BYTES).toString('base64url');
  return { format: 'undersigned-keys/1', sealing: 1, lookUp: 1, masters: [{ version: 1, createdAt: now.toISOString(), secret }] };
}

/** Reads the keys file's text. The refusal says nothing about the content: it is secret. */
export function parseKeyRing(text: string): Result<KeyRing, 'malformed'> {
  try {
    const parsed = KEY_RING.safeParse(JSON.parse(text));
    return parsed.success ? success(parsed.data) : refusal('malformed');
  } catch {
    return refusal('malformed');
  }
}

/** Derives the sub keys (HKDF-SHA-256, RFC 5869; the info names purpose and version, so no key serves two ends). */
export function keysFrom(ring: KeyRing): Keys {
  const derived = new Map<string, KeyObject>();
  const masters = new Map(ring.masters.map((master) => [master.version, Buffer.from(master.secret, 'base64url')]));
  return {
    sealingVersion: ring.sealing,
    lookUpVersion: ring.lookUp,
    subKey(purpose, version) {
      const name = `undersigned/1/${purpose}/${version}`;
      const known = derived.get(name);
      if (known) return known;
      const master = masters.get(version);
      if (!master) return undefined;
      const key = createSecretKey(Buffer.from(hkdfSync('sha256', master, '', name, 32)));
      derived.set(name, key);
      return key;
    },
  };
}
