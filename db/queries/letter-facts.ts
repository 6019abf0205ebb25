import { and, eq, isNull } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';
import type { CoalitionRow } from './coalitions.ts';
import type { LetterRow, LetterTextRow } from './letters.ts';

/** A letter with what mails and pages name it by: its coalition, and of its authentic text headline and addressees. */
export interface LetterFactsRow {
  readonly letter: LetterRow;
  readonly coalition: Pick<CoalitionRow, 'name' | 'settings'>;
  /** Null where the letter has no text in that language. */
  readonly text: Pick<LetterTextRow, 'headline' | 'addressees'> | null;
}

interface Sought {
  readonly id: string;
}

function factsOf(db: Reader, given: Given<Sought>) {
  const { letters, coalitions, letterTexts } = db.tables;
  return db
    .select({
      letter: letters,
      coalition: { name: coalitions.name, settings: coalitions.settings },
      text: { headline: letterTexts.headline, addressees: letterTexts.addressees },
    })
    .from(letters)
    .innerJoin(coalitions, eq(coalitions.id, letters.coalitionId))
    .leftJoin(letterTexts, and(eq(letterTexts.letterId, letters.id), eq(letterTexts.language, letters.authenticLanguage)))
    .where(and(eq(letters.id, given('id', letters.id)), isNull(letters.deletedAt)))
    .limit(1);
}

const facts = prepared((db: Reader, given: Given<Sought>) => factsOf(db, given));
const heldFacts = prepared((tx: Tx, given: Given<Sought>) => tx.locking(factsOf(tx, given), tx.tables.letters));

export async function findLetterFactsRow(db: Reader, id: string): Promise<LetterFactsRow | null> {
  const [row] = await facts(db, { id });
  return row ?? null;
}

/** The same, and locks the letter's row until the transaction ends, as `holdLetter` does. */
export async function holdLetterFactsRow(tx: Tx, id: string): Promise<LetterFactsRow | null> {
  const [row] = await heldFacts(tx, { id });
  return row ?? null;
}
