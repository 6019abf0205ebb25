import { createHash } from 'node:crypto';

/** SHA-256 over the UTF-8 bytes of a canonical text: 64 lower-case hex digits. */
export const fingerprintOf = (canonical: string): string => createHash('sha256').update(canonical, 'utf8').digest('hex');

/** The permanent address of a frozen text: leads to its letter, on the instance of this origin. */
export const verifyUrl = (origin: string, fingerprint: string): string => `${origin}/v/${fingerprint}`;

/** Eight groups of eight digits, as people read and compare it. */
export const displayFingerprint = (fingerprint: string): string => fingerprint.match(/.{8}/g)?.join(' ') ?? fingerprint;

/** A fingerprint as somebody typed or pasted it (any case, any spaces or hyphens), or null if it is none. */
export function parseFingerprint(typed: string): string | null {
  const digits = typed.replace(/[\s-]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : null;
}
