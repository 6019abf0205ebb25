import { and, desc, eq, inArray, isNull, lt, max, sql } from 'drizzle-orm';
import type { DraftPart } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';
import type { LetterRow, LetterTextRow } from './letters.ts';

export type DraftSaveRow = Reader['tables']['draftSaves']['$inferSelect'];
type NewLetterText = Tx['tables']['letterTexts']['$inferInsert'];

/** A letter of this coalition, held until the transaction ends: its parts are saved one after another. */
export async function holdLetterRow(tx: Tx, coalitionId: string, id: string): Promise<LetterRow | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set({ revision: sql`${letters.revision}` })
    .where(and(eq(letters.id, id), eq(letters.coalitionId, coalitionId), isNull(letters.deletedAt)))
    .returning();
  return row ?? null;
}

export async function findLetterText(db: Reader, letterId: string, language: string): Promise<LetterTextRow | null> {
  const { letterTexts } = db.tables;
  const [row] = await db
    .select()
    .from(letterTexts)
    .where(and(eq(letterTexts.letterId, letterId), eq(letterTexts.language, language)))
    .limit(1);
  return row ?? null;
}

/** Changes a text where it stands; its language may be another one from now on. */
export async function changeLetterText(tx: Tx, letterId: string, language: string, change: Partial<NewLetterText>): Promise<void> {
  const { letterTexts } = tx.tables;
  await tx
    .update(letterTexts)
    .set(change)
    .where(and(eq(letterTexts.letterId, letterId), eq(letterTexts.language, language)));
}

export async function deleteLetterText(tx: Tx, letterId: string, language: string): Promise<void> {
  const { letterTexts } = tx.tables;
  await tx.delete(letterTexts).where(and(eq(letterTexts.letterId, letterId), eq(letterTexts.language, language)));
}

/** Adds a save under the letter's next number. The letter must be held. @returns its number */
export async function insertDraftSave(tx: Tx, save: Omit<Tx['tables']['draftSaves']['$inferInsert'], 'number'>): Promise<number> {
  const { draftSaves } = tx.tables;
  const [last] = await tx
    .select({ number: max(draftSaves.number) })
    .from(draftSaves)
    .where(eq(draftSaves.letterId, save.letterId));
  const number = Number(last?.number ?? 0) + 1;
  await tx.insert(draftSaves).values({ ...save, number });
  return number;
}

export async function findDraftSave(db: Reader, letterId: string, number: number): Promise<DraftSaveRow | null> {
  const { draftSaves } = db.tables;
  const [row] = await db
    .select()
    .from(draftSaves)
    .where(and(eq(draftSaves.letterId, letterId), eq(draftSaves.number, number)))
    .limit(1);
  return row ?? null;
}

/** The save that made a revision of one part: what stood there from then on. */
export async function findSaveOfRevision(
  db: Reader,
  letterId: string,
  of: { readonly part: DraftPart; readonly language: string | null; readonly revision: number },
): Promise<DraftSaveRow | null> {
  const { draftSaves } = db.tables;
  const [row] = await db
    .select()
    .from(draftSaves)
    .where(
      and(
        eq(draftSaves.letterId, letterId),
        eq(draftSaves.revision, of.revision),
        eq(draftSaves.part, of.part),
        of.language === null ? isNull(draftSaves.language) : eq(draftSaves.language, of.language),
        inArray(draftSaves.kind, ['saved', 'restored']),
      ),
    )
    .limit(1);
  return row ?? null;
}

/**
 * The save that held the settings when the save `before` was made, or their last one where `before` is null. Of a letter whose first
 * saves are texts it is the first of its settings; null where it has none.
 */
export async function findSettingsSave(db: Reader, letterId: string, before: number | null): Promise<DraftSaveRow | null> {
  const { draftSaves } = db.tables;
  const settings = and(eq(draftSaves.letterId, letterId), eq(draftSaves.part, 'settings'), inArray(draftSaves.kind, ['saved', 'restored']));
  const [earlier] = await db
    .select()
    .from(draftSaves)
    .where(and(settings, before === null ? undefined : lt(draftSaves.number, before)))
    .orderBy(desc(draftSaves.number))
    .limit(1);
  if (earlier) return earlier;
  const [first] = await db.select().from(draftSaves).where(settings).orderBy(draftSaves.number).limit(1);
  return first ?? null;
}

/** The number of the last save that stood as the text of a language, or null. */
export async function findLastSave(db: Reader, letterId: string, language: string): Promise<number | null> {
  const { draftSaves } = db.tables;
  const [row] = await db
    .select({ number: draftSaves.number })
    .from(draftSaves)
    .where(and(eq(draftSaves.letterId, letterId), eq(draftSaves.language, language), inArray(draftSaves.kind, ['saved', 'restored'])))
    .orderBy(desc(draftSaves.number))
    .limit(1);
  return row?.number ?? null;
}

/** The last that a member's text or settings were set aside, or null. */
export async function findLastSetAside(
  db: Reader,
  letterId: string,
  of: { readonly part: DraftPart; readonly language: string | null; readonly savedBy: string },
): Promise<DraftSaveRow | null> {
  const { draftSaves } = db.tables;
  const [row] = await db
    .select()
    .from(draftSaves)
    .where(
      and(
        eq(draftSaves.letterId, letterId),
        eq(draftSaves.kind, 'set-aside'),
        eq(draftSaves.part, of.part),
        of.language === null ? isNull(draftSaves.language) : eq(draftSaves.language, of.language),
        eq(draftSaves.savedBy, of.savedBy),
      ),
    )
    .orderBy(desc(draftSaves.number))
    .limit(1);
  return row ?? null;
}

export type ListedSave = Omit<DraftSaveRow, 'content'>;

/** The saves of a letter without what they hold, the last first, before the number `before`. */
export async function listDraftSaves(
  db: Reader,
  letterId: string,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly ListedSave[]> {
  const { draftSaves } = db.tables;
  const { id, number, kind, part, language, revision, savedBy, savedAt } = draftSaves;
  return await db
    .select({ id, letterId: draftSaves.letterId, number, kind, part, language, revision, savedBy, savedAt })
    .from(draftSaves)
    .where(and(eq(draftSaves.letterId, letterId), page.before === null ? undefined : lt(draftSaves.number, page.before)))
    .orderBy(desc(draftSaves.number))
    .limit(page.limit);
}
