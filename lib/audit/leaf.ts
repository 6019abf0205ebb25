import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { lengthPrefixed } from '../crypto/frame.ts';
import { canonicalJson, type JsonValue } from '../shared/canonical-json.ts';

/** One entry of a log, without anything personal. `docs/audit-log.md` describes the bytes. */
export interface LeafContent {
  readonly scopeId: string;
  /** From 1, gapless. */
  readonly sequence: number;
  readonly type: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  /** Fingerprint of the text concerned, 64 hex digits. */
  readonly fingerprint: string | null;
  /** 32 bytes. */
  readonly commitment: Uint8Array;
}

/**
 * Binds an entry to its record without telling it: HMAC-SHA-256 under a random salt. Once the salt is erased the commitment says
 * nothing any more, although names are easy to guess.
 */
export function commitTo(salt: Uint8Array, record: JsonValue): Buffer {
  // Of bare bytes the HMAC would make its key the long way: three times the time of all the rest.
  return createHmac('sha256', createSecretKey(salt)).update(canonicalJson(record)).digest();
}

/** `undersigned-leaf/1`: the hash that stands in the Merkle tree for an entry (RFC 9162 §2.1.1: 0x00 before a leaf). */
export function leafHash(leaf: LeafContent): Buffer {
  const bytes = lengthPrefixed([
    'undersigned-leaf/1',
    leaf.scopeId,
    String(leaf.sequence),
    leaf.type,
    leaf.at.toISOString(),
    leaf.actorKind,
    leaf.actorId ?? '',
    leaf.fingerprint ?? '',
    Buffer.from(leaf.commitment).toString('hex'),
  ]);
  return createHash('sha256').update(Buffer.of(0)).update(bytes).digest();
}
