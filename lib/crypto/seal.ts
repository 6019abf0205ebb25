import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { pooledRandom } from '../shared/pooled-random.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { lengthPrefixed } from './frame.ts';
import type { Keys } from './keys.ts';

/** The one place a sealed value opens at: moved to another row, column, table or tenant it does not. */
export interface SealPlace {
  readonly table: string;
  /** For a table with more than one sealed column. */
  readonly column?: string;
  readonly id: string;
  /** The tenant: the coalition's or the letter's id. */
  readonly scope: string;
}

export type UnsealFault = 'unknown-format' | 'unknown-key' | 'tampered';

// Layout: format (1 byte) ‖ key version (2, big-endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
const FORMAT = 1;
const NONCE_AT = 3;
const NONCE_BYTES = 12;
const BODY_AT = NONCE_AT + NONCE_BYTES;
const TAG_BYTES = 16;

const drawNonce = pooledRandom(randomBytes);

function boundTo(place: SealPlace, version: number): Buffer {
  return lengthPrefixed(['undersigned-seal/1', place.table, place.column ?? '', place.id, place.scope, String(version)]);
}

/** Seals a JSON value for one row (AES-256-GCM). */
export function seal(keys: Keys, place: SealPlace, value: unknown): Buffer {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('only a JSON value can be sealed');
  return sealBytes(keys, place, Buffer.from(text));
}

/**
 * Opens what `seal` made for this very place. The value still has to be parsed by its reader.
 * @returns `tampered` for changed bytes and for another row's value alike
 */
export function unseal(keys: Keys, place: SealPlace, sealed: Uint8Array): Result<unknown, UnsealFault> {
  const opened = unsealBytes(keys, place, sealed);
  if (!opened.ok) return opened;
  try {
    return success(JSON.parse(opened.value.toString('utf8')) as unknown);
  } catch {
    return refusal('tampered');
  }
}

/**
 * Seals bytes, such as a piece of a file; 31 bytes longer than these.
 * The nonce is drawn here and not passed in: a repeated one would give the key away.
 */
export function sealBytes(keys: Keys, place: SealPlace, bytes: Uint8Array): Buffer {
  const version = keys.sealingVersion;
  const key = keys.subKey('field', version);
  if (!key) throw new Error(`no key of version ${version}`);
  const head = Buffer.alloc(BODY_AT);
  head.writeUInt8(FORMAT);
  head.writeUInt16BE(version, 1);
  const nonce = drawNonce(NONCE_BYTES);
  nonce.copy(head, NONCE_AT);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(place, version));
  return Buffer.concat([head, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealBytes` made for this very place. */
export function unsealBytes(keys: Keys, place: SealPlace, sealed: Uint8Array): Result<Buffer, UnsealFault> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < BODY_AT + TAG_BYTES || bytes[0] !== FORMAT) return refusal('unknown-format');
  const version = bytes.readUInt16BE(1);
  const key = keys.subKey('field', version);
  if (!key) return refusal('unknown-key');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(NONCE_AT, BODY_AT), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(place, version));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return success(Buffer.concat([decipher.update(bytes.subarray(BODY_AT, -TAG_BYTES)), decipher.final()]));
  } catch {
    return refusal('tampered');
  }
}
