import { findFingerprint } from '../../db/queries/letter-words.ts';
import type { Reader } from '../../db/store.ts';

/** Languages of versions that are remembered: an instance has few letters open at a time. */
const MOST = 500;

/** By version and language. Ids are random, so that two databases in one process share none. */
const known = new Map<string, string>();

/**
 * The fingerprint of a frozen text, 64 hex digits; null where the version has no text in that language. Read once in a process: a frozen
 * text never changes (triggers of the database see to it), and whether the version is still the live one is asked of the letter's row.
 */
export async function frozenFingerprint(db: Reader, versionId: string, language: string): Promise<string | null> {
  const key = `${versionId} ${language}`;
  const found = known.get(key) ?? (await findFingerprint(db, versionId, language));
  if (found === null) return null;
  if (known.size >= MOST) known.clear();
  known.set(key, found);
  return found;
}
