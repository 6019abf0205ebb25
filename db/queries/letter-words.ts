import { and, eq } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { Reader } from '../store.ts';

const fingerprintOf = prepared((db: Reader, given: Given<{ readonly versionId: string; readonly language: string }>) => {
  const { versionTexts } = db.tables;
  const { versionId, language, fingerprint } = versionTexts;
  return db
    .select({ fingerprint })
    .from(versionTexts)
    .where(and(eq(versionId, given('versionId', versionId)), eq(language, given('language', language))))
    .limit(1);
});

/** The fingerprint of a frozen version's text in a language, 64 hex digits; null where it has none in it. */
export async function findFingerprint(db: Reader, versionId: string, language: string): Promise<string | null> {
  const [row] = await fingerprintOf(db, { versionId, language });
  return row?.fingerprint ?? null;
}
