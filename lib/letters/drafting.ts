import { insertLetter, insertLetterText, markLetterDeleted, restoreLetterRow } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { CoalitionScope, LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { AuditType } from '../audit/types.ts';
import type { For } from '../coalitions/access.ts';
import { slugOf, slugWithEnding } from '../coalitions/slug.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue } from '../shared/canonical-json.ts';
import { isId, newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { keepFirst } from './draft-saves.ts';
import { contentOfSettings, contentOfText } from './save-content.ts';
import type { LetterInput } from './schema.ts';
import { settingsRow } from './settings.ts';
import type { SettingsInput } from './settings-schema.ts';
import type { TextInput } from './text-schema.ts';

/** A deleted draft can be brought back this long. */
export const UNDO_HOURS = 24;

/** Writes an entry into a letter's log, in the name of the member who acts. */
export async function logLetter(
  tx: Tx,
  instance: Instance,
  scope: Pick<LetterScope, 'letterId' | 'memberId'>,
  event: { readonly type: AuditType; readonly record: JsonValue; readonly fingerprint?: string },
  now: Date,
): Promise<void> {
  const actor = { kind: 'member', id: scope.memberId } as const;
  await appendAudit(tx, instance, { scope: { kind: 'letter', id: scope.letterId }, actor, ...event }, now);
}

/** A draft to start, with a text at least; the first is the authentic one. */
export interface NewDraft {
  readonly settings: SettingsInput;
  readonly texts: readonly [DraftedText, ...DraftedText[]];
  readonly sample: boolean;
  /** The letter it is a copy of. */
  readonly copyOf?: string;
}

export interface DraftedText {
  readonly language: string;
  readonly text: TextInput;
  /** A translation that was older than the authentic text where both were taken from: it still is. */
  readonly older?: boolean;
}

/** Starts a draft, with its texts, in the transaction of the caller. */
export async function addDraft(
  tx: Tx,
  instance: Instance,
  scope: Pick<CoalitionScope, 'coalitionId' | 'memberId'>,
  { settings, texts, sample, copyOf }: NewDraft,
  now: Date,
): Promise<LetterScope['letterId']> {
  const id = newId('let', instance.random);
  const [{ language, text: authentic }] = texts;
  // With an ending always: slugs are public, and a bare one would tell that another coalition has a letter of that name.
  const slug = slugWithEnding(slugOf(authentic.headline, 'letter'), instance.random);
  const row = settingsRow(settings);
  await insertLetter(tx, {
    id,
    coalitionId: scope.coalitionId,
    slug,
    status: 'draft',
    sample,
    authenticLanguage: language,
    createdBy: scope.memberId,
    createdAt: now,
    updatedAt: now,
    ...row,
  });
  // A translation that comes with its letter follows the text it came with, unless it is known to follow an earlier one.
  const written = texts.map((each, index) => ({
    language: each.language,
    content: contentOfText(each.text, index === 0 || each.older ? null : 1),
  }));
  for (const each of written) {
    await insertLetterText(tx, { letterId: id, language: each.language, ...each.content, updatedAt: now, updatedBy: scope.memberId });
  }
  const at = { letterId: id, memberId: scope.memberId };
  await keepFirst(tx, instance, at, { texts: written, settings: contentOfSettings(row, language) }, now);
  const record = { headline: authentic.headline, preset: settings.preset, sample, ...(copyOf === undefined ? {} : { copyOf }) };
  await logLetter(tx, instance, at, { type: 'letter-created', record }, now);
  return id;
}

export async function createLetter(
  instance: Instance,
  scope: For<CoalitionScope, 'draft'>,
  input: LetterInput,
  now: Date,
): Promise<{ readonly letterId: string }> {
  return await instance.store.inTransaction(async (tx) => ({
    letterId: await addDraft(tx, instance, scope, { ...draftOf(input), sample: false }, now),
  }));
}

/** The parts of a new letter's form. */
export const draftOf = (input: LetterInput): Pick<NewDraft, 'settings' | 'texts'> => ({
  settings: input,
  texts: [{ language: input.language, text: input }],
});

/** Deletes a draft; `restoreLetter` brings it back for a day. A frozen letter is never deleted. */
export async function deleteLetter(
  instance: Instance,
  scope: For<LetterScope, 'delete'>,
  now: Date,
): Promise<Result<{ readonly headline: string }, 'not-a-draft'>> {
  return await instance.store.inTransaction(async (tx) => {
    const deleted = await markLetterDeleted(tx, scope.letterId, now);
    if (!deleted) return refusal('not-a-draft');
    await logLetter(tx, instance, scope, { type: 'letter-deleted', record: { revision: deleted.revision } }, now);
    return success({ headline: deleted.slug });
  });
}

export async function restoreLetter(
  instance: Instance,
  scope: For<CoalitionScope, 'delete'>,
  letterId: string,
  now: Date,
): Promise<Result<null, 'not-found'>> {
  if (!isId('let', letterId)) return refusal('not-found');
  return await instance.store.inTransaction(async (tx) => {
    const back = await restoreLetterRow(tx, scope.coalitionId, letterId, new Date(now.getTime() - UNDO_HOURS * 3_600_000));
    if (!back) return refusal('not-found');
    await logLetter(
      tx,
      instance,
      { letterId, memberId: scope.memberId },
      { type: 'letter-restored', record: { revision: back.revision } },
      now,
    );
    return success(null);
  });
}
