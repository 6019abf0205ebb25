import { findLetter, type LetterRow, listLetterTexts, listVersionTexts } from '../../db/queries/letters.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { readCanonical } from '../text/read-canonical.ts';
import { serialise } from '../text/serialise.ts';
import { addDraft, type DraftedText } from './drafting.ts';
import { isOlderThanSource, settingsOf } from './translations.ts';

/**
 * Starts a new draft with a letter's texts: of a frozen letter those that are signed, of a draft those saved last. Its signatories stay
 * where they are, and so do the deadline and the date, which were of the other letter.
 */
export async function duplicateLetter(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  now: Date,
): Promise<Result<{ readonly letterId: string }, 'not-found'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letterId = await duplicateInside(tx, instance, scope, now);
    return letterId === null ? refusal('not-found') : success({ letterId });
  });
}

/** The same inside a transaction of the caller's. @returns the new draft's id, or null where there is no such letter */
export async function duplicateInside(
  tx: Tx,
  instance: Instance,
  scope: Pick<LetterScope, 'coalitionId' | 'letterId' | 'memberId'>,
  now: Date,
): Promise<string | null> {
  const letter = await findLetter(tx, scope.coalitionId, scope.letterId);
  const [authentic, ...others] = letter ? await textsOf(tx, letter) : [];
  if (!letter || !authentic) return null;
  const settings = { ...settingsOf(letter), deadlineAt: null, date: null };
  const draft = { settings, texts: [authentic, ...others] as const, sample: false, copyOf: letter.id };
  return await addDraft(tx, instance, scope, draft, now);
}

async function textsOf(db: Reader, letter: LetterRow): Promise<readonly DraftedText[]> {
  const rows = await listLetterTexts(db, letter);
  const [authentic] = rows;
  // A frozen letter's rows are those it was frozen from, and no save has moved them since.
  const older = new Map(rows.map((row) => [row.language, authentic !== undefined && isOlderThanSource(row, authentic)]));
  const isOlder = (language: string) => language !== letter.authenticLanguage && (older.get(language) ?? true);
  if (letter.liveVersionId === null) return rows.map((row) => ({ language: row.language, text: row, older: isOlder(row.language) }));
  return (await listVersionTexts(db, letter.liveVersionId)).map(({ language, canonical, fingerprint, reference, cc }) => {
    const read = readCanonical(canonical);
    if (!read.ok) throw new Error(`the frozen text ${fingerprint} is not in its canonical form`);
    const { addressees, body, ...words } = read.value;
    const typed = addressees.map(({ name, office, lines }) => ({ name, office: office === '' ? null : office, lines }));
    return { language, text: { ...words, addressees: typed, body: serialise(body), reference, cc }, older: isOlder(language) };
  });
}
