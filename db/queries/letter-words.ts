import { and, eq } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { Reader } from '../store.ts';
import type { LetterRow, LetterTextRow } from './letters.ts';

const authenticWords = prepared((db: Reader, given: Given<{ readonly id: string; readonly authenticLanguage: string }>) => {
  const { letterTexts } = db.tables;
  const { letterId, language, headline, addressees } = letterTexts;
  return db
    .select({ headline, addressees })
    .from(letterTexts)
    .where(and(eq(letterId, given('id', letterId)), eq(language, given('authenticLanguage', language))))
    .limit(1);
});

const fingerprintOf = prepared((db: Reader, given: Given<{ readonly versionId: string; readonly language: string }>) => {
  const { versionTexts } = db.tables;
  const { versionId, language, fingerprint } = versionTexts;
  return db
    .select({ fingerprint })
    .from(versionTexts)
    .where(and(eq(versionId, given('versionId', versionId)), eq(language, given('language', language))))
    .limit(1);
});

/** Headline and addressees in the authentic language: what mails and pages name a letter by, without its whole text. */
export async function findAuthenticWords(
  db: Reader,
  { id, authenticLanguage }: Pick<LetterRow, 'id' | 'authenticLanguage'>,
): Promise<Pick<LetterTextRow, 'headline' | 'addressees'> | null> {
  const [row] = await authenticWords(db, { id, authenticLanguage });
  return row ?? null;
}

/** The fingerprint of a frozen version's text in a language, 64 hex digits; null where it has none in it. */
export async function findFingerprint(db: Reader, versionId: string, language: string): Promise<string | null> {
  const [row] = await fingerprintOf(db, { versionId, language });
  return row?.fingerprint ?? null;
}
