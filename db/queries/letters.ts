import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { LetterStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

export type LetterRow = Reader['tables']['letters']['$inferSelect'];
export type LetterTextRow = Reader['tables']['letterTexts']['$inferSelect'];
export type VersionTextRow = Reader['tables']['versionTexts']['$inferSelect'];
type NewLetter = Tx['tables']['letters']['$inferInsert'];
type NewLetterText = Tx['tables']['letterTexts']['$inferInsert'];

const letterById = prepared((db: Reader, given: Given<{ readonly id: string }>) => {
  const { letters } = db.tables;
  return db
    .select()
    .from(letters)
    .where(and(eq(letters.id, given('id', letters.id)), isNull(letters.deletedAt)))
    .limit(1);
});

const letterTextsOf = prepared((db: Reader, given: Given<{ readonly id: string; readonly authenticLanguage: string }>) => {
  const { letterTexts } = db.tables;
  const { language } = letterTexts;
  return db
    .select()
    .from(letterTexts)
    .where(eq(letterTexts.letterId, given('id', letterTexts.letterId)))
    .orderBy(sql`case when ${language} = ${given('authenticLanguage', language)} then 0 else 1 end`, language);
});

const textsOfVersion = prepared((db: Reader, given: Given<{ readonly versionId: string }>) => {
  const { versionTexts } = db.tables;
  return db
    .select()
    .from(versionTexts)
    .where(eq(versionTexts.versionId, given('versionId', versionTexts.versionId)))
    .orderBy(desc(versionTexts.authentic), versionTexts.language);
});

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
  const [row] = await letterById(db, { id });
  return row ?? null;
}

/** The letter at a public address, whoever may see it. */
export async function findLetterBySlug(db: Reader, slug: string): Promise<LetterRow | null> {
  const { letters } = db.tables;
  const [row] = await db
    .select()
    .from(letters)
    .where(and(eq(letters.slug, slug), isNull(letters.deletedAt)))
    .limit(1);
  return row ?? null;
}

/** The letters that a fingerprint is of, with the language of the text: a duplicate's text may be the same, word for word. */
export async function listLettersOfFingerprint(
  db: Reader,
  fingerprint: string,
  limit: number,
): Promise<readonly { readonly letter: LetterRow; readonly language: string }[]> {
  const { letters, letterVersions, versionTexts } = db.tables;
  return await db
    .select({ letter: letters, language: versionTexts.language })
    .from(versionTexts)
    .innerJoin(letterVersions, eq(letterVersions.id, versionTexts.versionId))
    .innerJoin(letters, eq(letters.id, letterVersions.letterId))
    .where(and(eq(versionTexts.fingerprint, fingerprint), isNull(letters.deletedAt)))
    .orderBy(desc(letters.createdAt), desc(letters.id))
    .limit(limit);
}

/** The drafted texts, the authentic one first. */
export async function listLetterTexts(
  db: Reader,
  { id, authenticLanguage }: Pick<LetterRow, 'id' | 'authenticLanguage'>,
): Promise<readonly LetterTextRow[]> {
  return await letterTextsOf(db, { id, authenticLanguage });
}

/** The texts of a frozen version, the authentic one first. */
export async function listVersionTexts(db: Reader, versionId: string): Promise<readonly VersionTextRow[]> {
  return await textsOfVersion(db, { versionId });
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

/** Takes a letter off every list; its rows stay for `restoreLetterRow`. Only a draft: what was signed stays. */
export async function markLetterDeleted(tx: Tx, id: string, now: Date): Promise<LetterRow | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set({ deletedAt: now })
    .where(and(eq(letters.id, id), isNull(letters.deletedAt), isNull(letters.liveVersionId), eq(letters.sample, false)))
    .returning();
  return row ?? null;
}

/** Takes an imported letter off every list and gives its address to the one that replaces it; it gets that one's in return. */
export async function markReplaced(tx: Tx, id: string, replacementId: string, now: Date): Promise<void> {
  const { letters } = tx.tables;
  const slugs = await tx
    .select({ id: letters.id, slug: letters.slug })
    .from(letters)
    .where(inArray(letters.id, [id, replacementId]));
  const slugOf = (of: string) => slugs.find((row) => row.id === of)?.slug ?? of;
  // The id stands in for a moment: no two letters ever bear the same address.
  await tx.update(letters).set({ deletedAt: now, slug: id }).where(eq(letters.id, id));
  await tx
    .update(letters)
    .set({ slug: slugOf(id) })
    .where(eq(letters.id, replacementId));
  await tx
    .update(letters)
    .set({ slug: slugOf(replacementId) })
    .where(eq(letters.id, id));
}

/** Brings back a letter of this coalition that was deleted after `since`; null where there is none. */
export async function restoreLetterRow(tx: Tx, coalitionId: string, id: string, since: Date): Promise<LetterRow | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set({ deletedAt: null })
    .where(and(eq(letters.id, id), eq(letters.coalitionId, coalitionId), gt(letters.deletedAt, since)))
    .returning();
  return row ?? null;
}

/** Says since when a letter is out of the way, or that it is not; `as-it-was` where it said so already. */
export async function markLetterArchived(tx: Tx, id: string, archivedAt: Date | null): Promise<'moved' | 'as-it-was' | 'not-found'> {
  const { letters } = tx.tables;
  const rows = await tx
    .update(letters)
    .set({ archivedAt })
    .where(
      and(eq(letters.id, id), isNull(letters.deletedAt), archivedAt === null ? isNotNull(letters.archivedAt) : isNull(letters.archivedAt)),
    )
    .returning({ id: letters.id });
  if (rows.length === 1) return 'moved';
  return (await findLetterById(tx, id)) ? 'as-it-was' : 'not-found';
}

export async function findDeletedLetter(db: Reader, coalitionId: string, id: string, since: Date): Promise<LetterRow | null> {
  const { letters } = db.tables;
  const [row] = await db
    .select()
    .from(letters)
    .where(and(eq(letters.id, id), eq(letters.coalitionId, coalitionId), gt(letters.deletedAt, since)))
    .limit(1);
  return row ?? null;
}

/** Removes the sample and everything under it, and gives the picture it was delivered with; a real letter never goes this way. */
export async function deleteSampleRow(tx: Tx, id: string): Promise<{ readonly logo: string | null } | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .delete(letters)
    .where(and(eq(letters.id, id), eq(letters.sample, true)))
    .returning({ logo: letters.letterheadLogo });
  return row ?? null;
}

/** Whether a letter was delivered with that picture. */
export async function isLetterheadLogo(db: Reader, blobId: string): Promise<boolean> {
  const { letters } = db.tables;
  return (await db.select({ id: letters.id }).from(letters).where(eq(letters.letterheadLogo, blobId)).limit(1)).length > 0;
}

/** As patterns for `like`. SQLite lowers the letters of ASCII only, so that others are looked for as they may have been written. */
function spellings(words: string): readonly string[] {
  const lower = words.toLowerCase();
  const ways = [lower, words, words.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1)];
  const folded = ways.map((way) => way.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
  return [...new Set(folded)].map((way) => `%${way.replaceAll(/[!%_]/g, '!$&')}%`);
}

export interface ListedLetter {
  readonly letter: LetterRow;
  /** Of the drafted authentic text. */
  readonly headline: string;
  readonly hasBody: boolean;
}

/** One page of a coalition's letters, the last changed first, after the one of `after`. */
export async function listLetters(
  db: Reader,
  coalitionId: string,
  page: {
    readonly after?: { readonly updatedAt: Date; readonly id: string };
    readonly limit: number;
    readonly archived: boolean;
    /** Somewhere in the headline, whichever the case of its letters; empty for all. */
    readonly words: string;
  },
): Promise<readonly ListedLetter[]> {
  const { letters, letterTexts } = db.tables;
  const { after } = page;
  const rows = await db
    .select({
      letter: letters,
      headline: letterTexts.headline,
      hasBody: sql<number>`case when ${letterTexts.body} <> '' then 1 else 0 end`,
    })
    .from(letters)
    .leftJoin(letterTexts, and(eq(letterTexts.letterId, letters.id), eq(letterTexts.language, letters.authenticLanguage)))
    .where(
      and(
        eq(letters.coalitionId, coalitionId),
        isNull(letters.deletedAt),
        page.archived ? isNotNull(letters.archivedAt) : isNull(letters.archivedAt),
        page.words === ''
          ? undefined
          : or(...spellings(page.words).map((words) => sql`lower(${letterTexts.headline}) like ${words} escape '!'`)),
        after ? sql`(${letters.updatedAt}, ${letters.id}) < (${sql.param(after.updatedAt, letters.updatedAt)}, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(letters.updatedAt), desc(letters.id))
    .limit(page.limit);
  return rows.map(({ letter, headline, hasBody }) => ({ letter, headline: headline ?? '', hasBody: Number(hasBody) === 1 }));
}

/** The zone and language of the letter last made, as a first guess for the next. */
export async function findLastLetter(db: Reader, coalitionId: string): Promise<LetterRow | null> {
  const { letters } = db.tables;
  const [row] = await db
    .select()
    .from(letters)
    .where(and(eq(letters.coalitionId, coalitionId), eq(letters.sample, false)))
    .orderBy(desc(letters.createdAt), desc(letters.id))
    .limit(1);
  return row ?? null;
}

/** Open letters whose deadline has passed, the earliest first. */
export async function listOverdueLetters(db: Reader, now: Date, limit: number): Promise<readonly LetterRow[]> {
  const { letters } = db.tables;
  return await db
    .select()
    .from(letters)
    .where(and(eq(letters.status, 'open'), lte(letters.deadlineAt, now), isNull(letters.deletedAt)))
    .orderBy(letters.deadlineAt, letters.id)
    .limit(limit);
}

/** Letters in one of these statuses whose moment of release has come and is not written down, the earliest first. */
export async function listDueReleases(
  db: Reader,
  statuses: readonly LetterStatus[],
  now: Date,
  limit: number,
): Promise<readonly LetterRow[]> {
  const { letters } = db.tables;
  const due = and(inArray(letters.status, [...statuses]), eq(letters.release, 'invited-only'), lte(letters.releaseAt, now));
  return await db
    .select()
    .from(letters)
    .where(and(due, isNull(letters.deletedAt)))
    .orderBy(letters.releaseAt, letters.id)
    .limit(limit);
}

/** The letters of a coalition that may stand in the place of a withdrawn one, the last changed first. */
export async function listReplacements(
  db: Reader,
  coalitionId: string,
  limit: number,
): Promise<readonly { readonly letter: LetterRow; readonly headline: string }[]> {
  const { letters, letterTexts } = db.tables;
  const rows = await db
    .select({ letter: letters, headline: letterTexts.headline })
    .from(letters)
    .leftJoin(letterTexts, and(eq(letterTexts.letterId, letters.id), eq(letterTexts.language, letters.authenticLanguage)))
    .where(
      and(
        eq(letters.coalitionId, coalitionId),
        isNull(letters.deletedAt),
        isNull(letters.replaces),
        eq(letters.sample, false),
        ne(letters.status, 'withdrawn'),
      ),
    )
    .orderBy(desc(letters.updatedAt), desc(letters.id))
    .limit(limit);
  return rows.map(({ letter, headline }) => ({ letter, headline: headline ?? '' }));
}

/** Makes a letter the replacement of another, by one guarded statement; false where it is another's already, or withdrawn. */
export async function markReplacing(tx: Tx, coalitionId: string, id: string, replaces: string): Promise<boolean> {
  const { letters } = tx.tables;
  // A draft that was named before, and deleted, may be brought back: then it stands for itself.
  await tx
    .update(letters)
    .set({ replaces: null })
    .where(and(eq(letters.replaces, replaces), ne(letters.id, id)));
  const rows = await tx
    .update(letters)
    .set({ replaces })
    .where(
      and(
        eq(letters.id, id),
        eq(letters.coalitionId, coalitionId),
        isNull(letters.deletedAt),
        isNull(letters.replaces),
        eq(letters.sample, false),
        ne(letters.status, 'withdrawn'),
      ),
    )
    .returning({ id: letters.id });
  return rows.length === 1;
}

export async function hasSample(db: Reader, coalitionId: string): Promise<boolean> {
  const { letters } = db.tables;
  const rows = await db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.coalitionId, coalitionId), eq(letters.sample, true)))
    .limit(1);
  return rows.length > 0;
}
