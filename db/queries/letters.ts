import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { LetterStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

export type LetterRow = Reader['tables']['letters']['$inferSelect'];
export type LetterTextRow = Reader['tables']['letterTexts']['$inferSelect'];
export type VersionTextRow = Reader['tables']['versionTexts']['$inferSelect'];
type NewLetter = Tx['tables']['letters']['$inferInsert'];
type NewLetterText = Tx['tables']['letterTexts']['$inferInsert'];

export async function insertLetter(tx: Tx, letter: NewLetter): Promise<void> {
  await tx.insert(tx.tables.letters).values(letter);
}

export async function insertLetterText(tx: Tx, text: NewLetterText): Promise<void> {
  await tx.insert(tx.tables.letterTexts).values(text);
}

/** Null also for a letter of another coalition, and for a deleted one: to the outside these do not differ. */
export async function findLetter(db: Reader, coalitionId: string, id: string): Promise<LetterRow | null> {
  const { letters } = db.tables;
  const [row] = await db
    .select()
    .from(letters)
    .where(and(eq(letters.id, id), eq(letters.coalitionId, coalitionId), isNull(letters.deletedAt)))
    .limit(1);
  return row ?? null;
}

/** For what is not bound to a coalition: jobs, the command line, an invitation's own letter. */
export async function findLetterById(db: Reader, id: string): Promise<LetterRow | null> {
  const { letters } = db.tables;
  const [row] = await db
    .select()
    .from(letters)
    .where(and(eq(letters.id, id), isNull(letters.deletedAt)))
    .limit(1);
  return row ?? null;
}

/** The drafted texts, the authentic one first. */
export async function listLetterTexts(db: Reader, letter: Pick<LetterRow, 'id' | 'authenticLanguage'>): Promise<readonly LetterTextRow[]> {
  const { letterTexts } = db.tables;
  return await db
    .select()
    .from(letterTexts)
    .where(eq(letterTexts.letterId, letter.id))
    .orderBy(sql`case when ${letterTexts.language} = ${letter.authenticLanguage} then 0 else 1 end`, letterTexts.language);
}

/** The texts of a frozen version, the authentic one first. */
export async function listVersionTexts(db: Reader, versionId: string): Promise<readonly VersionTextRow[]> {
  const { versionTexts } = db.tables;
  return await db
    .select()
    .from(versionTexts)
    .where(eq(versionTexts.versionId, versionId))
    .orderBy(desc(versionTexts.authentic), versionTexts.language);
}

/** Makes the next version of a letter, with a text for each language; number 1 is its first freeze. */
export async function insertVersion(
  tx: Tx,
  version: Tx['tables']['letterVersions']['$inferInsert'],
  texts: readonly Omit<Tx['tables']['versionTexts']['$inferInsert'], 'versionId'>[],
): Promise<void> {
  await tx.insert(tx.tables.letterVersions).values(version);
  await tx.insert(tx.tables.versionTexts).values(texts.map((text) => ({ ...text, versionId: version.id })));
}

/**
 * Moves a letter by one guarded statement: only from one of `from`, and, where given, only at the revision that was seen. Null when
 * somebody was faster; the row is locked until the transaction ends.
 */
export async function moveLetter(
  tx: Tx,
  id: string,
  guard: { readonly from: readonly LetterStatus[]; readonly revision?: number },
  change: Partial<NewLetter>,
): Promise<LetterRow | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set(change)
    .where(
      and(
        eq(letters.id, id),
        isNull(letters.deletedAt),
        inArray(letters.status, [...guard.from]),
        guard.revision === undefined ? undefined : eq(letters.revision, guard.revision),
      ),
    )
    .returning();
  return row ?? null;
}
